import { implement } from "@orpc/server";
import { addAcceptanceMatrix, changeSecurityFile, copySecurityFile } from "../../flows/change-security-file.ts";
import { checkSecurityFileOf, judgedFileOf, proposedThreatsOf } from "../../flows/judge-security-file.ts";
import { readAttacks, readPaths, readRisks } from "../../flows/read-harm-paths.ts";
import { changesOfSecurityFile, readSecurityFileOf } from "../../flows/read-security-file.ts";
import { inScope } from "../../platform/db.ts";
import type { ApiContext } from "../../platform/http/context.ts";
import { securityFileContract } from "./contract.ts";
import { acceptanceMatrices, storedFile } from "./security-file.ts";

const os = implement(securityFileContract).$context<ApiContext>();

const MOST_REVISIONS = 2_147_483_647;

export const securityFileRoutes = {
  get: os.get.handler(({ input: { releaseId }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => storedFile(await readSecurityFileOf(trx, scope, releaseId))),
  ),

  judged: os.judged.handler(({ input: { releaseId }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => storedFile(await judgedFileOf(trx, scope, releaseId, new Date()))),
  ),

  change: os.change.handler(({ input: { releaseId, changes, note }, context: { db, scope } }) =>
    inScope(db, scope, (trx) => changeSecurityFile(trx, scope, releaseId, changes, note, new Date())),
  ),

  check: os.check.handler(({ input: { releaseId }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => ({ problems: await checkSecurityFileOf(trx, scope, releaseId, new Date()) })),
  ),

  proposals: os.proposals.handler(({ input: { releaseId }, context: { db, scope } }) =>
    inScope(db, scope, (trx) => proposedThreatsOf(trx, scope, releaseId)),
  ),

  changes: os.changes.handler(({ input: { releaseId, below, limit }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => ({
      items: await changesOfSecurityFile(trx, scope, releaseId, { below: below ?? MOST_REVISIONS, limit }),
    })),
  ),

  paths: os.paths.handler(({ input: { releaseId, limit, ...from }, context: { db, scope } }) =>
    inScope(db, scope, (trx) => readPaths(trx, scope, releaseId, from, limit)),
  ),

  attacks: os.attacks.handler(({ input: { releaseId, harm, harms, limit }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => ({
      items: await readAttacks(trx, scope, releaseId, harm ?? null, { harms, most: limit, mostOfEntry: 2 }),
    })),
  ),

  risks: os.risks.handler(({ input: { releaseId }, context: { db, scope } }) =>
    inScope(db, scope, (trx) => readRisks(trx, scope, releaseId)),
  ),

  copy: os.copy.handler(({ input: { releaseId, from }, context: { db, scope } }) =>
    inScope(db, scope, (trx) => copySecurityFile(trx, scope, { releaseId, from }, new Date())),
  ),

  matrices: os.matrices.handler(({ context: { db, scope } }) =>
    inScope(db, scope, async (trx) => ({ items: await acceptanceMatrices(trx, scope) })),
  ),

  addMatrix: os.addMatrix.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => ({ id: await addAcceptanceMatrix(trx, scope, input, new Date()) })),
  ),
};
