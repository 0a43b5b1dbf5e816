/** What happened to an account, as the ledger names it. */
export type AccountEvent =
  | "account.signed-in"
  | "account.signed-out"
  | "account.locked"
  | "account.password-changed"
  | "account.totp-enabled"
  | "account.totp-disabled"
  | "account.backup-codes-made"
  | "account.passkey-added"
  | "account.passkey-removed"
  | "account.sign-on-linked";

export interface AuthEndpoint {
  method: "GET" | "POST";
  /** Under `/api/auth`. */
  path: `/${string}`;
  can: "public" | "account:manage";
  /** Fields of the body that reach better-auth; everything else is dropped. */
  fields: readonly string[];
  /** Set by us, whatever the caller says. */
  fixed?: Readonly<Record<string, unknown>>;
  /** Tests a secret, so wrong tries count: against the e-mail address in the body, or whoever is signed in (else the address alone). */
  tries?: "email" | "signed-in";
  /** How a session that this opens came about. */
  signsIn?: string;
  /** Told when it succeeded for somebody who was signed in already. */
  tells?: AccountEvent;
}

/** All of better-auth that can be reached. Its other endpoints (sign-up, session lists with tokens, e-mail changes) answer 404. */
export const AUTH_ENDPOINTS: readonly AuthEndpoint[] = [
  {
    method: "POST",
    path: "/sign-in/email",
    can: "public",
    fields: ["email", "password"],
    tries: "email",
    signsIn: "password",
  },
  {
    method: "POST",
    path: "/sign-in/social",
    can: "public",
    fields: ["provider", "callbackURL", "errorCallbackURL", "disableRedirect"],
  },
  {
    method: "GET",
    path: "/callback/:id",
    can: "public",
    fields: [],
    signsIn: "sign-on",
    tells: "account.sign-on-linked",
  },
  { method: "POST", path: "/sign-out", can: "public", fields: [], tells: "account.signed-out" },
  { method: "GET", path: "/get-session", can: "public", fields: [] },
  {
    method: "POST",
    path: "/link-social",
    can: "account:manage",
    fields: ["provider", "callbackURL", "errorCallbackURL", "disableRedirect"],
  },
  {
    method: "POST",
    path: "/change-password",
    can: "account:manage",
    fields: ["currentPassword", "newPassword"],
    fixed: { revokeOtherSessions: true },
    tries: "signed-in",
    tells: "account.password-changed",
  },
  {
    method: "POST",
    path: "/two-factor/enable",
    can: "account:manage",
    fields: ["password"],
    fixed: { method: "totp" },
    tries: "signed-in",
  },
  {
    method: "POST",
    path: "/two-factor/disable",
    can: "account:manage",
    fields: ["password"],
    tries: "signed-in",
    tells: "account.totp-disabled",
  },
  {
    method: "POST",
    path: "/two-factor/generate-backup-codes",
    can: "account:manage",
    fields: ["password"],
    tries: "signed-in",
    tells: "account.backup-codes-made",
  },
  {
    method: "POST",
    path: "/two-factor/verify-totp",
    can: "public",
    fields: ["code"],
    tries: "signed-in",
    signsIn: "password and one-time code",
    tells: "account.totp-enabled",
  },
  {
    method: "POST",
    path: "/two-factor/verify-backup-code",
    can: "public",
    fields: ["code"],
    tries: "signed-in",
    signsIn: "password and backup code",
  },
  { method: "GET", path: "/passkey/generate-register-options", can: "account:manage", fields: [] },
  {
    method: "POST",
    path: "/passkey/verify-registration",
    can: "account:manage",
    fields: ["response", "name"],
    tells: "account.passkey-added",
  },
  {
    method: "POST",
    path: "/passkey/delete-passkey",
    can: "account:manage",
    fields: ["id"],
    tells: "account.passkey-removed",
  },
  { method: "POST", path: "/passkey/update-passkey", can: "account:manage", fields: ["id", "name"] },
  { method: "GET", path: "/passkey/generate-authenticate-options", can: "public", fields: [] },
  {
    method: "POST",
    path: "/passkey/verify-authentication",
    can: "public",
    fields: ["response"],
    signsIn: "passkey",
  },
];
