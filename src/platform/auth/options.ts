import { passkey } from "@better-auth/passkey";
import { APIError, type BetterAuthOptions } from "better-auth";
import { genericOAuth, twoFactor } from "better-auth/plugins";
import { PostgresDialect } from "kysely";
import type pg from "pg";
import { linkSession } from "./link-session.ts";
import { hashPassword, verifyPassword } from "./password.ts";

/** A sign-on provider (OpenID Connect). With `autoJoin` whoever it vouches for becomes a member; else an invitation must wait. */
export interface SignOnProvider {
  id: string;
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  autoJoin?: { organizationId: string; role: string };
}

export interface AuthSettings {
  pool: pg.Pool;
  /** Where browsers reach this installation, `https://cordon.example`: cookies, passkeys and redirects are bound to it. */
  baseUrl: string;
  /** At least 32 random bytes in text form; signs cookies and encrypts TOTP secrets. */
  secret: string;
  signOn: readonly SignOnProvider[];
  passwordLength: { min: number; max: number };
  /** May an identity that a provider vouches for get an account here? */
  mayJoin(identity: { email: string; emailVerified: boolean; provider: string }): Promise<boolean>;
  log(level: "debug" | "info" | "warn" | "error", message: string): void;
}

/** The one header that names the client's address; ours alone: any copy from outside is dropped before. */
export const ADDRESS_HEADER = "x-cordon-address";
const HOUR = 3600;

const requireVerified = (verified: boolean | undefined) => {
  if (verified !== true)
    throw new APIError("UNAUTHORIZED", {
      code: "USER_VERIFICATION_REQUIRED",
      message: "This passkey did not ask for a PIN, a finger or a face",
    });
};

/** better-auth as Cordon uses it: own schema, no open sign-up, argon2id, TOTP, passkeys, sign-on. Its rate limiter is off: see lock-out.ts. */
export function authOptions(settings: AuthSettings) {
  const { hostname, origin, protocol } = new URL(settings.baseUrl);
  return {
    appName: "Cordon",
    baseURL: origin,
    basePath: "/api/auth",
    secret: settings.secret,
    telemetry: { enabled: false },
    logger: { level: "warn", log: (level, message) => settings.log(level, message) },
    onAPIError: { errorURL: `${origin}/sign-in` },
    database: {
      dialect: new PostgresDialect({ pool: settings.pool }),
      type: "postgres",
      schemaName: "auth",
      transaction: true,
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: settings.passwordLength.min,
      maxPasswordLength: settings.passwordLength.max,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
    },
    user: {
      async validateUserInfo({ user, source }) {
        if (source.action === "sign-in" || source.action === "link-account") return;
        const provider = source.oauth?.providerId ?? "";
        const email = typeof user.email === "string" ? user.email.toLowerCase() : "";
        const emailVerified = user.emailVerified === true;
        if (provider !== "" && (await settings.mayJoin({ email, emailVerified, provider }))) return;
        return { error: "not_invited", errorDescription: "Ask an administrator for an invitation" };
      },
    },
    session: {
      expiresIn: 12 * HOUR,
      disableSessionRefresh: true,
      freshAge: HOUR,
      cookieCache: { enabled: false },
      additionalFields: { organizationId: { type: "string", required: false, input: false } },
    },
    account: { encryptOAuthTokens: true, accountLinking: { enabled: true, allowDifferentEmails: false } },
    verification: { storeIdentifier: "hashed" },
    rateLimit: { enabled: false },
    advanced: {
      // Said explicitly: better-auth switches these off by itself under a test runner.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      cookiePrefix: "cordon",
      useSecureCookies: protocol === "https:",
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax" },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER], ipv6Subnet: 128 },
      database: { generateId: "uuid", validateSchema: false },
    },
    plugins: [
      twoFactor({ issuer: "Cordon", twoFactorCookieMaxAge: 600 }),
      passkey({
        rpID: hostname,
        rpName: "Cordon",
        origin,
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
        registration: {
          afterVerification: ({ verification }) => requireVerified(verification.registrationInfo?.userVerified),
        },
        authentication: {
          afterVerification: ({ verification }) => requireVerified(verification.authenticationInfo.userVerified),
        },
      }),
      genericOAuth({ config: settings.signOn.map(toProvider) }),
      linkSession(),
    ],
  } satisfies BetterAuthOptions;
}

const toProvider = (provider: SignOnProvider) => ({
  providerId: provider.id,
  name: provider.name,
  discoveryUrl: `${provider.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
  requireIdTokenVerification: true,
  clientId: provider.clientId,
  clientSecret: provider.clientSecret,
  scopes: ["openid", "email", "profile"],
  pkce: true,
});
