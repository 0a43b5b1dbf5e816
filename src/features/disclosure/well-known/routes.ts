import type { FastifyInstance } from "fastify";
import { Fault } from "../../../lib/fault.ts";
import { acrossOrganizations, type Db, inScope } from "../../../platform/db.ts";
import { findIntake, openIntakes } from "../intake/store.ts";
import { type IntakeFacts, type SecurityField, securityTxt } from "../security-txt.ts";

export interface WellKnownTools {
  db: Db;
  baseUrl: string;
  /** What other parts add to the file, such as where the CSAF provider metadata is. */
  more?: () => Promise<SecurityField[]>;
}

/** Serves /.well-known/security.txt (RFC 9116) for every open intake of this server; there is none while none is open. */
export function addSecurityTxt(app: FastifyInstance, { db, baseUrl, more }: WellKnownTools): void {
  app.get("/.well-known/security.txt", { config: { can: "public" } }, async (_, reply) => {
    const open = await acrossOrganizations(db, openIntakes);
    const added = (await more?.()) ?? [];
    if (open.length === 0) throw new Fault("not_found", "Nobody takes reports at this address");
    const intakes: IntakeFacts[] = [];
    for (const { organizationId, slug, contactEmail, languages } of open) {
      const scope = { organizationId, actor: { kind: "system", id: "reporter", name: "A reporter" } } as const;
      const hasKey = ((await inScope(db, scope, (trx) => findIntake(trx, scope)))?.pgpKey ?? null) !== null;
      const form = `${baseUrl}/report/${slug}`;
      intakes.push({ form, email: contactEmail, languages, key: hasKey ? `${form}/key.asc` : null });
    }
    const canonical = `${baseUrl}/.well-known/security.txt`;
    return reply
      .type("text/plain; charset=utf-8")
      .header("cache-control", "max-age=3600")
      .send(securityTxt(intakes, { canonical, now: new Date(), more: added }));
  });
}
