import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import * as z from "zod";
import { reporterWrote, reportReceived } from "../../../flows/report-received.ts";
import { Fault } from "../../../lib/fault.ts";
import { acrossOrganizations, type Db, inScope, type Scope, type Trx } from "../../../platform/db.ts";
import { formReader } from "../../../platform/http/form-body.ts";
import { styleNonce } from "../../../platform/http/security.ts";
import type { FileSeal } from "../../../platform/seal.ts";
import { lockCaseBy, messagesOf } from "../cases/store.ts";
import { hashOf, noSuchLink } from "../disclosure.ts";
import { countUp, findIntake, type OpenIntake, openIntakes } from "../intake/store.ts";
import { addressBucket, signOpened, tookMs } from "../opened-at.ts";
import { type Html, html } from "../pages/html.ts";
import { page } from "../pages/page.ts";
import { type FormFacts, reportForm } from "../pages/report-form.ts";
import { receivedPage, refusedPage, statusPage } from "../pages/status.ts";
import { readForm, textIn } from "../read-form.ts";
import { MessageText, REPORT_LIMITS } from "../schema.ts";
import { showMessage } from "../show.ts";
import type { DisclosureIntakeRow } from "../tables.ts";

export interface PublicTools {
  db: Db;
  seal: FileSeal;
  baseUrl: string;
  now: () => Date;
}

/** In an hour. Whoever is over a limit is told so, with the address to write to. */
const REPORTS_FROM_ONE = 5;
const REPORTS_IN_ALL = 60;
const MESSAGES_FROM_ONE = 30;
const MESSAGES_IN_ALL = 300;
/** Nobody fills in the form in less. */
const SOONEST_MS = 3_000;

const Slug = z.object({ slug: z.string().max(40) });
const SlugAndToken = Slug.extend({ token: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });

/** Pages without account or script: the policy, the form, and how a report stands. */
export async function addPublicRoutes(app: FastifyInstance, tools: PublicTools): Promise<void> {
  const takeForm = formReader({ mostBytes: REPORT_LIMITS.bodyBytes, atOnce: 3 });
  const open = { config: { can: "public" } };
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _payload, done) => done(null));
    scope.setErrorHandler((error, request, reply) => {
      if (!(error instanceof Fault)) throw error;
      return send(reply, error.status, error.title, refusedPage(error.title, sentence(error), contactIn(request)));
    });
    scope.get("/report", open, async (request, reply) => {
      const intakes = await acrossOrganizations(tools.db, openIntakes);
      const [only] = intakes;
      if (only === undefined) throw noIntake();
      if (intakes.length === 1) return showForm(tools, request, reply, only.slug);
      const list = intakes.map(({ slug, name }) => html`<li><a href="/report/${slug}">${name}</a></li>`);
      return send(reply, 200, "Report a vulnerability", html`<h1>Report a vulnerability</h1><ul>${list}</ul>`);
    });
    scope.get("/report/:slug", open, (request, reply) =>
      showForm(tools, request, reply, Slug.parse(request.params).slug),
    );
    scope.get("/report/:slug/key.asc", open, async (request, reply) => {
      const { intake } = await enter(tools, request);
      if (intake.pgpKey === null) throw noIntake();
      return reply.type("application/pgp-keys").header("cache-control", "no-store").send(`${intake.pgpKey}\n`);
    });
    scope.post("/report/:slug", { ...open, bodyLimit: REPORT_LIMITS.bodyBytes }, async (request, reply) => {
      const { intake, scope: inside } = await enter(tools, request);
      const form = await takeForm(request);
      refuseRobots(form, intake, tools.now());
      const read = await readForm(form);
      const title = `Report a vulnerability to ${intake.name}`;
      if (!read.ok) return send(reply, 400, title, reportForm(formOf(intake, read.values, read.wrong, tools.now())));
      const { report, files } = read;
      const arrival = { report, files, via: "form" as const, sourceId: null };
      const opened = await inScope(tools.db, inside, async (trx) => {
        await limit(trx, inside, intake, request.ip, "report", [REPORTS_FROM_ONE, REPORTS_IN_ALL], tools.now());
        return reportReceived(trx, inside, arrival, tools.seal, tools.now());
      });
      const link = `${tools.baseUrl}/report/${intake.slug}/case/${opened.token}`;
      const { number } = opened;
      return send(reply, 201, `Report ${number}`, receivedPage({ name: intake.name, number, link }));
    });
    scope.get("/report/:slug/case/:token", open, (request, reply) => showStatus(tools, request, reply, null));
    scope.post("/report/:slug/case/:token", { ...open, bodyLimit: REPORT_LIMITS.bodyBytes }, async (request, reply) => {
      const { intake, scope: inside } = await enter(tools, request);
      const { token } = tokenOf(request);
      const form = await takeForm(request);
      if (textIn(form, "website") !== "") throw asRobot();
      const text = MessageText.safeParse(textIn(form, "text"));
      if (!text.success) return showStatus(tools, request, reply, text.error.issues[0]?.message ?? "Write something");
      await inScope(tools.db, inside, async (trx) => {
        await limit(trx, inside, intake, request.ip, "message", [MESSAGES_FROM_ONE, MESSAGES_IN_ALL], tools.now());
        await reporterWrote(trx, inside, token, text.data, tools.now());
      });
      return reply.redirect(`/report/${intake.slug}/case/${token}`, 303);
    });
  });
}

async function showForm(tools: PublicTools, request: FastifyRequest, reply: FastifyReply, slug: string) {
  const { intake } = await enter(tools, request, slug);
  return send(reply, 200, `Report a vulnerability to ${intake.name}`, reportForm(formOf(intake, {}, [], tools.now())));
}

async function showStatus(tools: PublicTools, request: FastifyRequest, reply: FastifyReply, wrong: string | null) {
  const { intake, scope } = await enter(tools, request);
  const { token } = tokenOf(request);
  const facts = await inScope(tools.db, scope, async (trx) => {
    const found = await lockCaseBy(trx, scope, "tokenHash", hashOf(token));
    if (found === undefined) throw noSuchLink();
    const messages = (await messagesOf(trx, scope, found.id)).filter(({ side }) => side !== "internal");
    return { ...found, messages: messages.map(showMessage) };
  });
  const { slug, name } = intake;
  const body = statusPage({ ...facts, slug, token, name, wrong });
  return send(reply.header("x-robots-tag", "noindex"), wrong === null ? 200 : 400, `Report ${facts.number}`, body);
}

/** The organisation whose form this is, while its intake is open. Whoever enters is nobody in particular. */
async function enter(
  { db }: PublicTools,
  request: FastifyRequest,
  slug = Slug.parse(request.params).slug,
): Promise<{ intake: DisclosureIntakeRow; scope: Scope }> {
  const found = (await acrossOrganizations(db, openIntakes)).find((one: OpenIntake) => one.slug === slug);
  if (found === undefined) throw noIntake();
  contacts.set(request, found.contactEmail);
  const scope: Scope = {
    organizationId: found.organizationId,
    actor: { kind: "system", id: "reporter", name: "A reporter" },
  };
  const intake = await inScope(db, scope, (trx) => findIntake(trx, scope));
  if (intake === undefined) throw noIntake();
  return { intake, scope };
}

const contacts = new WeakMap<FastifyRequest, string>();
const contactIn = (request: FastifyRequest): string | null => contacts.get(request) ?? null;

function tokenOf(request: FastifyRequest): { token: string } {
  const parsed = SlugAndToken.safeParse(request.params);
  if (!parsed.success) throw noSuchLink();
  return parsed.data;
}

const formOf = (
  { slug, name, contactEmail, policy, pgpKey, salt }: DisclosureIntakeRow,
  values: FormFacts["values"],
  wrong: FormFacts["wrong"],
  now: Date,
): FormFacts => ({
  ...{ slug, name, contactEmail, policy, values, wrong },
  hasKey: pgpKey !== null,
  opened: signOpened(salt, now),
});

/** A field that people do not see, and a form that was sent sooner than anybody can fill it in. */
function refuseRobots(form: FormData, { salt }: DisclosureIntakeRow, now: Date): void {
  const took = tookMs(salt, textIn(form, "opened"), now);
  if (textIn(form, "website") !== "" || took === null || took < SOONEST_MS) throw asRobot();
}

const asRobot = () =>
  new Fault("not_allowed", "It looks as if a program had filled in the form", {
    fix: "Go back, wait a few seconds and send it again",
  });

async function limit(
  trx: Trx,
  scope: Scope,
  { salt }: DisclosureIntakeRow,
  ip: string,
  what: "report" | "message",
  [fromOne, inAll]: readonly [number, number],
  now: Date,
): Promise<void> {
  const buckets = [`${what}:${addressBucket(salt, ip)}`, `${what}:all`];
  const [one = 0, all = 0] = await countUp(trx, scope, buckets, now);
  if (one > fromOne)
    throw new Fault("too_many", "Several came from your address within the hour", { fix: "Try again in an hour" });
  if (all > inAll) throw new Fault("too_many", "Very many come in at the moment", { fix: "Try again in an hour" });
}

const noIntake = () => new Fault("not_found", "There is no form for reports at this address");
const sentence = ({ message, fix }: Fault): string => [message, fix].filter(Boolean).join(". ").concat(".");

/** The address in the bar may hold a reporter's word: it goes to no other site. Our own forms must say where they come from. */
const send = (reply: FastifyReply, status: number, title: string, body: Html): FastifyReply =>
  reply
    .status(status)
    .type("text/html; charset=utf-8")
    .header("cache-control", "no-store")
    .header("referrer-policy", "same-origin")
    .send(page(title, styleNonce(reply.raw), body));
