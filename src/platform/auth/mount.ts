import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Account, accountByEmail } from "./accounts.ts";
import { cookiesAfter, opensSession, withoutTokens } from "./answer.ts";
import type { Auth, SignedIn } from "./auth.ts";
import { type AccountEvent, AUTH_ENDPOINTS, type AuthEndpoint } from "./endpoints.ts";
import { countTry, forgive, isFirstUse, LIMITS, type Tried } from "./lock-out.ts";
import { passedHeaders, providerOf, Refused, readBody, refuseForeign, triesOf } from "./request.ts";
import { endSession, workIn } from "./sessions.ts";

export interface AuthHooks {
  /** The secret was right. Answers the organisation to work in; null: nobody here knows this person, and the session ends at once. */
  admit(signedIn: SignedIn, how: { method: string; provider: string | null }): Promise<string | null>;
  /** Something happened to an account. Awaited before the answer is sent: what could not be recorded is not answered. */
  tell(event: AccountEvent, account: Account, organizationId: string | null): Promise<void>;
}

const BODY_LIMIT = 65_536;

/** Puts better-auth's allowed endpoints under `/api/auth`, each a route that names its action in `config.can`. */
export async function mountAuth(app: FastifyInstance, auth: Auth, hooks: AuthHooks): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "string", bodyLimit: BODY_LIMIT }, (_, body, done) => done(null, body));
    for (const endpoint of AUTH_ENDPOINTS)
      scope.route({
        method: endpoint.method,
        url: `/api/auth${endpoint.path}`,
        config: { can: endpoint.can },
        exposeHeadRoute: false,
        handler: async (request, reply) => {
          try {
            return await answer(auth, hooks, endpoint, request, reply);
          } catch (error) {
            if (!(error instanceof Refused)) throw error;
            return reply.code(error.status).send({ code: error.code, message: error.message });
          }
        },
      });
  });
}

async function answer(
  auth: Auth,
  hooks: AuthHooks,
  endpoint: AuthEndpoint,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const headers = passedHeaders(request);
  if (endpoint.method === "POST") refuseForeign(auth.baseUrl, headers);
  const body = endpoint.method === "POST" ? readBody(endpoint, request.body) : null;
  const before = await auth.session(headers);
  const tries = await startTries(auth, triesOf(endpoint, body, before, request.ip), reply);
  const response = await auth.handle(
    new Request(`${auth.baseUrl}${request.url}`, {
      method: endpoint.method,
      headers,
      ...(body === null ? {} : { body: JSON.stringify(body) }),
    }),
  );
  const setCookies = response.headers.getSetCookie();
  if (response.status < 400 && !/[?&]error=/.test(response.headers.get("location") ?? "")) {
    for (const { tried } of tries) await forgive(auth.pool, tried, new Date());
    const now = opensSession(setCookies) ? await auth.session(new Headers({ cookie: cookiesAfter(setCookies) })) : null;
    await refuseSecondUse(auth, endpoint, body, before, now);
    if (!(await settle(auth, hooks, endpoint, providerOf(request), before, now)))
      return refuseStranger(auth, endpoint, reply);
  } else if (response.status < 500) await tellLocked(auth, hooks, tries);
  return send(response, setCookies, reply);
}

/** What a success means. False: it opened a session for somebody who belongs to no organisation. */
async function settle(
  auth: Auth,
  hooks: AuthHooks,
  endpoint: AuthEndpoint,
  provider: string | null,
  before: SignedIn | null,
  now: SignedIn | null,
): Promise<boolean> {
  const { signsIn, tells } = endpoint;
  const ownAccount =
    before !== null && (now === null || signsIn === undefined || endpoint.path.startsWith("/two-factor/"));
  if (ownAccount) {
    if (now !== null && before.organizationId !== null) await workIn(auth.pool, now.sessionId, before.organizationId);
    if (tells !== undefined) await hooks.tell(tells, before, before.organizationId);
    return true;
  }
  if (now === null || signsIn === undefined) return true;
  const organizationId = await hooks.admit(now, { method: signsIn, provider });
  if (organizationId === null) {
    await endSession(auth.pool, now.userId, now.sessionId);
    return false;
  }
  await workIn(auth.pool, now.sessionId, organizationId);
  await hooks.tell("account.signed-in", now, organizationId);
  return true;
}

/** Two who send the same right code at the same time: one gets in. */
async function refuseSecondUse(
  auth: Auth,
  endpoint: AuthEndpoint,
  body: Record<string, unknown> | null,
  before: SignedIn | null,
  now: SignedIn | null,
): Promise<void> {
  const who = now ?? before;
  if (endpoint.path !== "/two-factor/verify-totp" || who === null) return;
  if (await isFirstUse(auth.pool, who.userId, String(body?.code).trim(), new Date())) return;
  if (now !== null) await endSession(auth.pool, now.userId, now.sessionId);
  throw new Refused(401, "INVALID_CODE", "This code was used before. Wait for the next one.");
}

function refuseStranger(auth: Auth, endpoint: AuthEndpoint, reply: FastifyReply) {
  if (endpoint.method === "GET") return reply.redirect(`${auth.baseUrl}/sign-in?error=not_a_member`);
  throw new Refused(403, "not_allowed", "This account belongs to no organisation here. Ask an administrator.");
}

interface StartedTry {
  tried: Tried;
  failures: number;
}

async function startTries(auth: Auth, tries: readonly Tried[], reply: FastifyReply): Promise<StartedTry[]> {
  const started: StartedTry[] = [];
  for (const tried of tries) {
    const { failures, waitS } = await countTry(auth.pool, tried, new Date());
    if (waitS > 0) {
      reply.header("retry-after", waitS);
      throw new Refused(429, "too_many", `Too many wrong tries. Wait ${waitS} seconds.`);
    }
    started.push({ tried, failures });
  }
  return started;
}

async function tellLocked(auth: Auth, hooks: AuthHooks, tries: readonly StartedTry[]): Promise<void> {
  for (const { tried, failures } of tries) {
    if (tried.kind !== "account" || failures < LIMITS.account.free) continue;
    const account = await accountByEmail(auth.pool, tried.who);
    if (account !== null) await hooks.tell("account.locked", account, null);
  }
}

async function send(response: Response, setCookies: readonly string[], reply: FastifyReply) {
  reply.code(response.status).header("cache-control", "no-store");
  for (const name of ["location", "content-type"]) {
    const value = response.headers.get(name);
    if (value !== null) reply.header(name, value);
  }
  for (const cookie of setCookies) reply.header("set-cookie", cookie);
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true && text !== "";
  return reply.send(isJson ? JSON.stringify(withoutTokens(JSON.parse(text))) : text);
}
