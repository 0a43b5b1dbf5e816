import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import { OpenAPIHandler } from "@orpc/openapi/fastify";
import { implement } from "@orpc/server";
import Fastify from "fastify";
import type { Touched, Vulnerability } from "../../src/features/intel/inbox/schema.ts";
import type { Me } from "../../src/features/people/schema.ts";
import type { Risk } from "../../src/features/risk/schema.ts";
import { contract } from "../../src/web/api/contract.ts";

const WEB = join(import.meta.dirname, "../../dist/web");
export const ROWS = 5_000;
const AT = "2026-03-04T09:00:00.000Z";
const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;

const ME: Me = {
  userId: id(1),
  name: "Pat Example",
  email: "pat@example.org",
  organization: { id: id(2), name: "Example" },
  roles: ["product-security"],
  actions: [
    "today:read",
    "device:read",
    "finding:read",
    "finding:decide",
    "risk:answer",
    "risk:security",
    "risk:decide",
    "intel:read",
  ],
  mustSecure: false,
};

const TOUCHED: Touched = {
  id: id(9),
  revision: 1,
  device: { id: id(3), name: "Pump" },
  release: { id: id(4), version: "1.0" },
  component: { name: "part", version: "1.2", purl: "pkg:npm/part@1.2", cpe: null },
  fixedIn: [],
  state: "new",
  justification: null,
  suspect: false,
  because: { rule: "package", range: "< 2", source: "test", record: "x" },
  units: 2,
  sites: 1,
};

const vulnerability = (n: number): Vulnerability => ({
  advisory: `CVE-2026-${String(n).padStart(5, "0")}`,
  device: null,
  aliases: [],
  title: `Title number ${n}`,
  severity: { source: "test", vector: null, score: 7.5, rating: "high" },
  exploited: n % 10 === 0 ? { since: "2026-01-01", dueOn: null, ransomware: false } : null,
  epss: null,
  findings: { total: 1, open: 1, new: 1, inTriage: 0, affected: 0, suspect: 0 },
  releases: 1,
  devices: [{ id: id(3), name: "Pump" }],
  deviceCount: 1,
  harm: "serious",
  reachesFunction: true,
  standsHere: "If this is misused in Pump, a patient could be injured and need treatment.",
  components: ["part"],
  foundAt: AT,
});

const DECIDED = {
  id: id(70),
  decidedBy: "Pat",
  decidedAt: AT,
  learnedAt: AT,
  changed: false,
};

/** A clear proposal for even numbers, one near the line for odd ones. */
function risk(advisory: string): Risk {
  const clear = Number(advisory.slice(-1)) % 2 === 0;
  const proposal = { risk: "uncontrolled" as const, clear, exploitability: "high" as const, harm: "serious" as const };
  const choices = [
    { answer: "yes", word: "Yes" },
    { answer: "no", word: "No" },
  ];
  const asks = { of: "product-security" as const, choices, answered: null, needed: true };
  return {
    advisory,
    aliases: [],
    title: "A flaw",
    device: { id: id(3), name: "Pump" },
    release: { id: id(4), version: "1.0" },
    units: 2,
    harm: "serious",
    reachesFunction: true,
    standsHere: "",
    parts: [
      { name: "part", version: "1.2", purl: "pkg:npm/part@1.2", identity: "pkg:npm/part", reach: null, file: null },
    ],
    functions: [{ kind: "therapy", name: "infusion", harm: "serious" }],
    exploited: null,
    epss: null,
    severity: { source: "test", vector: null, score: 7.5, rating: "high" },
    score: null,
    rubric: {
      ...{ title: "Rubric", status: "of this test", vector: "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H" },
      ...{ score: 7.5, rating: "high", known: 1, needed: 2 },
      questions: [
        { ...asks, id: "XACL", asks: "At will?", proposed: { answer: "yes", because: "The advisory says AC:L" } },
        { ...asks, id: "XS", asks: "Beyond the part?", proposed: null },
      ],
    },
    ssvc: [],
    ssvcQuestions: [],
    bedside: [],
    proposal: {
      ...proposal,
      reasons: ["Declared harm: serious through infusion", "It can be exploited over a network"],
    },
    decision: null,
    earlier: [],
    foundAt: "2026-01-15T09:00:00.000Z",
    revision: 3,
  };
}

/** What the page asked to change, in order. */
export interface Asked {
  decisions: { advisory: string; state: string }[];
  undone: string[];
  risks: { advisory: string; risk: string; why: string; learnedAt: string | undefined }[];
  answers: string[];
}

/** The built pages under the strict policy, answered by values that the contracts check: they cannot drift from the server's. */
export async function localServer() {
  const asked: Asked = { decisions: [], undone: [], risks: [], answers: [] };
  const all = Array.from({ length: ROWS }, (_, n) => vulnerability(n));
  const os = implement(contract);
  const router = {
    people: {
      me: os.people.me.handler(() => ME),
      organizations: { list: os.people.organizations.list.handler(() => ({ items: [] })) },
    },
    inbox: {
      list: os.inbox.list.handler(({ input }) => {
        const found = all.filter(
          (row) =>
            (input.exploited !== true || row.exploited !== null) &&
            (input.text === undefined || row.title.includes(input.text) || row.advisory.includes(input.text)),
        );
        const from = Number(input.cursor ?? 0);
        const end = from + input.limit;
        return {
          items: found.slice(from, end),
          next: end < found.length ? String(end) : null,
          total: { count: found.length, exact: true },
        };
      }),
      get: os.inbox.get.handler(({ input }) => ({
        ...(all.find((row) => row.advisory === input.advisory) ?? vulnerability(0)),
        details: "What upstream says.",
        references: ["https://example.org/advisory", "javascript:alert(1)"],
        cwes: [],
        publishedAt: null,
        modifiedAt: null,
        touches: [TOUCHED],
        field: { units: 12, sites: 3 },
        earlier: [],
        proposal: null,
      })),
    },
    filters: { list: os.filters.list.handler(() => ({ items: [] })) },
    findings: {
      list: os.findings.list.handler(() => ({ items: [], next: null, total: { count: 0, exact: true } })),
      decideVulnerability: os.findings.decideVulnerability.handler(({ input }) => {
        asked.decisions.push({ advisory: input.advisory, state: input.decision.state });
        return {
          changeId: id(asked.decisions.length),
          changed: [{ id: id(9), revision: 2, state: input.decision.state }],
          conflicts: [],
        };
      }),
      undo: os.findings.undo.handler(({ input }) => {
        asked.undone.push(input.changeId);
        return { changeId: null, changed: [], conflicts: [] };
      }),
    },
    risk: {
      get: os.risk.get.handler(({ input }) => risk(input.advisory)),
      decide: os.risk.decide.handler(({ input: { advisory, risk: word, why, learnedAt } }) => {
        asked.risks.push({ advisory, risk: word, why, learnedAt });
        return { ...risk(advisory), decision: { ...DECIDED, risk: word, why, proposal: risk(advisory).proposal } };
      }),
      undo: os.risk.undo.handler(() => {
        asked.undone.push(DECIDED.id);
        return risk("CVE-2026-00000");
      }),
      answer: os.risk.answer.handler(({ input: { advisory, answers } }) => {
        for (const { question, answer } of answers) asked.answers.push(`${question} ${answer}`);
        return risk(advisory);
      }),
      waiting: os.risk.waiting.handler(() => ({ items: [] })),
    },
    intel: {
      status: os.intel.status.handler(() => ({ index: null, feeds: [], sources: [], lastRun: null, running: false })),
      runs: os.intel.runs.handler(() => ({ items: [] })),
    },
  };
  const app = Fastify();
  const page = readFileSync(join(WEB, "index.html"), "utf8");
  app.addHook("onRequest", async (_, reply) => {
    const nonce = randomBytes(16).toString("base64");
    const policy = `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;
    reply.header("content-security-policy", policy).header("x-nonce", nonce);
  });
  await app.register(fastifyStatic, { root: join(WEB, "assets"), prefix: "/assets/" });
  const handler = new OpenAPIHandler(router);
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _payload, done) => done(null));
    scope.all("/api/*", async (request, reply) => {
      const { matched } = await handler.handle(request, reply, { prefix: "/api", context: {} });
      if (!matched) await reply.status(404).send({ code: "not_found", message: "not part of this test" });
    });
  });
  app.get("/*", (_, reply) =>
    reply.type("text/html").send(page.replaceAll("__CSP_NONCE__", String(reply.getHeader("x-nonce")))),
  );
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  return { url, asked, close: () => app.close() };
}
