import { betterAuth } from "better-auth";
import type pg from "pg";
import { createPool } from "../pool.ts";
import { type AuthSettings, authOptions } from "./options.ts";

/** A session that is valid now. `organizationId` is null until it is said where the person works. */
export interface SignedIn {
  sessionId: string;
  userId: string;
  name: string;
  email: string;
  emailVerified: boolean;
  organizationId: string | null;
}

/** Sign-in: what of better-auth the rest of Cordon uses. */
export interface Auth {
  pool: pg.Pool;
  baseUrl: string;
  /** Whose session the cookie is; asks the database each time, so that a session that ended is over at once. */
  session(headers: Headers): Promise<SignedIn | null>;
  /** Opens a session without a secret: only for the holder of a one-time link. Answers the cookies to set. */
  openSession(userId: string, headers: Headers): Promise<{ sessionId: string; cookies: string[] }>;
  /** better-auth's own endpoints; only `mountAuth` calls it. */
  handle(request: Request): Promise<Response>;
}

/** A pool that acts as `cordon_auth`: it reaches the schema `auth` and nothing else. */
export const authPool = (connection: pg.PoolConfig, onError: (error: Error) => void): pg.Pool =>
  createPool({ ...connection, max: 5, options: "-c role=cordon_auth" }, onError);

export function openAuth(settings: AuthSettings): Auth {
  const auth = betterAuth(authOptions(settings));
  return {
    pool: settings.pool,
    baseUrl: new URL(settings.baseUrl).origin,
    handle: (request) => auth.handler(request),
    async session(headers) {
      if (!headers.has("cookie")) return null;
      const found = await auth.api.getSession({ headers });
      if (found === null) return null;
      const { session, user } = found;
      const { id: userId, name, email, emailVerified } = user;
      const organizationId = session.organizationId ?? null;
      return { sessionId: session.id, userId, name, email, emailVerified, organizationId };
    },
    async openSession(userId, headers) {
      const { headers: answer, response } = await auth.api.openSession({
        body: { userId },
        headers,
        returnHeaders: true,
      });
      return { sessionId: response.sessionId, cookies: answer.getSetCookie() };
    },
  };
}
