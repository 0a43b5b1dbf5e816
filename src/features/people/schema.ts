import * as z from "zod";

/** What a person is here for. A member has one or more; what each may do stands in `policies/` and in docs/people.md. */
export const Role = z.enum([
  "administrator",
  "product-security",
  "regulatory",
  "engineer",
  "clinical",
  "privacy",
  "hospital-operator",
  "auditor",
]);
export type Role = z.infer<typeof Role>;

/** Everything that can be allowed. An endpoint names exactly one of these, or `public`. */
export const Action = z.enum([
  "account:manage",
  "organization:read",
  "organization:manage",
  "people:read",
  "people:manage",
  "key:manage",
  "device:read",
  "device:write",
  "unit:write",
  "release:phase",
  "security-file:read",
  "security-file:write",
  "catalog:manage",
  "evidence:read",
  "evidence:add",
  "evidence:decide",
  "sbom:read",
  "sbom:upload",
  "finding:read",
  "finding:decide",
  "risk:answer",
  "risk:security",
  "risk:clinical",
  "risk:privacy",
  "risk:decide",
  "vex:upload",
  "vex:manage",
  "intel:read",
  "intel:manage",
  "vex:read",
  "advisory:read",
  "advisory:write",
  "advisory:publish",
  "publisher:manage",
  "report:read",
  "report:handle",
  "report:open",
  "ledger:read",
  "ledger:export",
  "system:read",
  "today:read",
  "clock:manage",
  "calendar:write",
]);
export type Action = z.infer<typeof Action>;

/** Actions that change nothing but the caller's own account. Everything else is a write, which an auditor can never do. */
export const READS: ReadonlySet<Action> = new Set<Action>([
  "account:manage",
  "organization:read",
  "people:read",
  "device:read",
  "security-file:read",
  "evidence:read",
  "sbom:read",
  "finding:read",
  "intel:read",
  "vex:read",
  "advisory:read",
  "report:read",
  "ledger:read",
  "ledger:export",
  "system:read",
  "today:read",
]);

/** What an API key can never do: make keys, people or organisations, touch an account, sign for a person, or judge a risk. */
export const NEVER_BY_KEY: ReadonlySet<Action> = new Set<Action>([
  "account:manage",
  "organization:manage",
  "people:manage",
  "key:manage",
  "advisory:publish",
  "risk:answer",
  "risk:security",
  "risk:clinical",
  "risk:privacy",
  "risk:decide",
  "evidence:decide",
]);

/**
 * Who asks, and for which organisation: a person with all that the roles give, or a key, which may do only what its maker's
 * roles and its own scopes both name. `id` is the person's or the key's.
 */
export const Principal = z.object({
  kind: z.enum(["user", "key"]),
  id: z.string(),
  name: z.string(),
  organizationId: z.uuid(),
  roles: z.array(Role),
  scopes: z.exactOptional(z.array(Action)),
});
export type Principal = z.infer<typeof Principal>;

/** A role and every action the policies allow it. */
export const RoleRights = z.object({ role: Role, actions: z.array(Action) });
export type RoleRights = z.infer<typeof RoleRights>;

const Name = z.string().trim().min(1).max(200);
export const Email = z.string().trim().toLowerCase().pipe(z.email().max(254));
const Roles = z
  .array(Role)
  .min(1)
  .max(Role.options.length)
  .transform((roles) => [...new Set(roles)].sort());

export const Organization = z.object({ id: z.uuid(), name: z.string(), roles: z.array(Role) });
export type Organization = z.infer<typeof Organization>;
export const NewOrganization = z.object({ name: Name });

export const Me = z.object({
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  organization: z.object({ id: z.uuid(), name: z.string() }),
  roles: z.array(Role),
  /** What to show: every action the policies allow, cut down to the scopes for a key. */
  actions: z.array(Action),
  /** True until the person has a password or a passkey of their own (came in by a one-time link). */
  mustSecure: z.boolean(),
});
export type Me = z.infer<typeof Me>;

export const PersonState = z.enum(["active", "deactivated"]);
export const Person = z.object({
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  roles: z.array(Role),
  state: PersonState,
  joinedAt: z.iso.datetime(),
});
export type Person = z.infer<typeof Person>;

export const NewInvitation = z.object({ email: Email, name: Name, roles: Roles });
export type NewInvitation = z.infer<typeof NewInvitation>;
export const Invitation = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  roles: z.array(Role),
  invitedBy: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type Invitation = z.infer<typeof Invitation>;
/** `link` is shown this once; Cordon keeps only its hash. */
export const InvitationLink = z.object({ invitation: Invitation, link: z.string() });
/** `link` is shown this once; it works once, for 24 hours. */
export const RecoveryLink = z.object({ link: z.string(), expiresAt: z.iso.datetime() });
export const RoleChange = z.object({ roles: Roles });

/** What a one-time link is for, told to whoever holds it, before it is used. */
export const LinkPurpose = z.object({
  /** `recovery`: for somebody who lost what they signed in with; it takes their old password, passkeys and codes away. */
  purpose: z.enum(["first-administrator", "invitation", "recovery"]),
  email: z.string(),
  name: z.string(),
  organization: z.string(),
  /** True: somebody with this e-mail address has an account already, and the link only adds the membership after sign-in. */
  hasAccount: z.boolean(),
  expiresAt: z.iso.datetime(),
});
export type LinkPurpose = z.infer<typeof LinkPurpose>;

export const MIN_PASSWORD_LENGTH = 12;
export const MAX_PASSWORD_LENGTH = 128;
export const LinkToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/, "a one-time link ends with 43 characters");

const DAY_MS = 86_400_000;
export const MAX_KEY_DAYS = 365;
export const NewKey = z.object({
  name: Name,
  scopes: z
    .array(Action)
    .min(1)
    .max(Action.options.length)
    .transform((scopes) => [...new Set(scopes)].sort()),
  days: z.number().int().min(1).max(MAX_KEY_DAYS).default(90),
});
export type NewKey = z.infer<typeof NewKey>;
export const Key = z.object({
  id: z.uuid(),
  name: z.string(),
  /** The first characters of the key, to recognise it by. */
  start: z.string(),
  scopes: z.array(Action),
  createdBy: z.string(),
  mine: z.boolean(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  state: z.enum(["active", "expired", "revoked"]),
});
export type Key = z.infer<typeof Key>;
/** `secret` is shown this once; Cordon keeps only its hash. */
export const MadeKey = z.object({ key: Key, secret: z.string() });

/** When a key made at `madeAt` for `days` days stops working. */
export const keyExpiry = (madeAt: Date, days: number): Date => new Date(madeAt.getTime() + days * DAY_MS);

export const Session = z.object({
  id: z.string(),
  current: z.boolean(),
  address: z.string().nullable(),
  browser: z.string().nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type Session = z.infer<typeof Session>;

export const Passkey = z.object({ id: z.string(), name: z.string(), createdAt: z.iso.datetime().nullable() });
export const AccountSecurity = z.object({
  password: z.boolean(),
  totp: z.boolean(),
  passkeys: z.array(Passkey),
  /** Names of the sign-on providers this account is linked to. */
  signOn: z.array(z.string()),
});
export type AccountSecurity = z.infer<typeof AccountSecurity>;

/** What the sign-in page offers besides the password. */
export const SignInOptions = z.object({ signOn: z.array(z.object({ id: z.string(), name: z.string() })) });
