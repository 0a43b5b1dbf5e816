import * as z from "zod";
import { base } from "../../lib/contract.ts";
import {
  AccountSecurity,
  Email,
  Invitation,
  InvitationLink,
  Key,
  LinkPurpose,
  LinkToken,
  MAX_PASSWORD_LENGTH,
  MadeKey,
  Me,
  MIN_PASSWORD_LENGTH,
  NewInvitation,
  NewKey,
  NewOrganization,
  Organization,
  Person,
  RecoveryLink,
  RoleChange,
  RoleRights,
  Session,
  SignInOptions,
} from "./schema.ts";

const id = z.object({ id: z.uuid() });
const user = z.object({ userId: z.uuid() });
const open = base.meta({ can: "public" });
const own = base.meta({ can: "account:manage" });
const readsPeople = base.meta({ can: "people:read" });
const managesPeople = base.meta({ can: "people:manage" });
const managesKeys = base.meta({ can: "key:manage" });

/**
 * Signing in itself is better-auth's, under `/api/auth/*` (use its client): `/sign-in/email`, `/sign-out`, `/two-factor/*`,
 * `/passkey/*`, `/sign-in/social`, `/change-password`. Everything here needs the session cookie or an API key.
 */
export const peopleContract = {
  me: base
    .meta({ can: "organization:read" })
    .route({ method: "GET", path: "/me", summary: "Who I am and what I may do" })
    .output(Me),
  signInOptions: open
    .route({ method: "GET", path: "/sign-in-options", summary: "Sign-on providers of this installation" })
    .output(SignInOptions),

  /** As the policies decide it, not as a document says it. */
  roles: readsPeople
    .route({ method: "GET", path: "/roles", summary: "Each role, and what the policies allow it" })
    .output(z.object({ items: z.array(RoleRights) })),

  /** The word after `#` in `/link#…`. A fragment, so that it stands in no log and no referrer. */
  links: {
    /** What a one-time link is for. Does not use it up. */
    read: open
      .route({ method: "POST", path: "/links/read", summary: "What a one-time link is for" })
      .input(z.object({ token: LinkToken }))
      .output(LinkPurpose),
    /**
     * Uses the link up and signs in (sets the session cookie). With `password`: it becomes the account's password. Without:
     * sign-in only, `me.mustSecure` stays true until a passkey is added. Refused when the e-mail address has an account: sign in, then `accept`.
     */
    use: open
      .route({ method: "POST", path: "/links/use", summary: "Use a one-time link: signs in" })
      .input(
        z.object({
          token: LinkToken,
          name: z.string().trim().min(1).max(200).optional(),
          /** Only the first administrator chooses; an invitation is for its own address. */
          email: Email.optional(),
          password: z.string().min(MIN_PASSWORD_LENGTH).max(MAX_PASSWORD_LENGTH).optional(),
        }),
      )
      .output(z.object({ organizationId: z.uuid(), mustSecure: z.boolean() })),
    /** Adds the membership of an invitation to the account that is signed in; the e-mail addresses must be equal. */
    accept: own
      .route({ method: "POST", path: "/links/accept", summary: "Accept an invitation with the account I have" })
      .input(z.object({ token: LinkToken }))
      .output(Organization),
  },

  organizations: {
    list: base
      .meta({ can: "organization:read" })
      .route({ method: "GET", path: "/organizations", summary: "Organisations I belong to" })
      .output(z.object({ items: z.array(Organization) })),
    create: base
      .meta({ can: "organization:manage" })
      .route({
        method: "POST",
        path: "/organizations",
        successStatus: 201,
        summary: "Add an organisation; I become its administrator",
      })
      .input(NewOrganization)
      .output(Organization),
    switchTo: own
      .route({ method: "POST", path: "/organizations/{id}/switch", summary: "Work in another of my organisations" })
      .input(id)
      .output(Organization),
    rename: base
      .meta({ can: "organization:manage" })
      .route({ method: "PATCH", path: "/organization", summary: "Rename this organisation" })
      .input(NewOrganization)
      .output(Organization),
  },

  people: {
    list: readsPeople
      .route({ method: "GET", path: "/people", summary: "People of this organisation" })
      .output(z.object({ items: z.array(Person) })),
    setRoles: managesPeople
      .route({ method: "PATCH", path: "/people/{userId}", summary: "Set the roles of a person" })
      .input(user.extend(RoleChange.shape))
      .output(Person),
    /** Takes the person out of this organisation at once: sessions here end, keys are revoked. The last administrator stays. */
    deactivate: managesPeople
      .route({ method: "POST", path: "/people/{userId}/deactivate", summary: "Deactivate a person" })
      .input(user)
      .output(Person),
    /** For somebody who lost what they sign in with. Refused while the account works in another organisation too. */
    recover: managesPeople
      .route({ method: "POST", path: "/people/{userId}/recovery", summary: "Make a link that lets a person in again" })
      .input(user)
      .output(RecoveryLink),
    reactivate: managesPeople
      .route({ method: "POST", path: "/people/{userId}/reactivate", summary: "Let a person in again" })
      .input(user)
      .output(Person),
  },

  invitations: {
    list: readsPeople
      .route({ method: "GET", path: "/invitations", summary: "Invitations not yet used" })
      .output(z.object({ items: z.array(Invitation) })),
    create: managesPeople
      .route({
        method: "POST",
        path: "/invitations",
        successStatus: 201,
        summary: "Invite a person: makes a one-time link",
      })
      .input(NewInvitation)
      .output(InvitationLink),
    withdraw: managesPeople
      .route({ method: "DELETE", path: "/invitations/{id}", successStatus: 200, summary: "Withdraw an invitation" })
      .input(id)
      .output(z.object({ withdrawn: z.boolean() })),
  },

  keys: {
    /** My keys; all keys of the organisation for whoever may manage people. */
    list: managesKeys
      .route({ method: "GET", path: "/keys", summary: "API keys" })
      .output(z.object({ items: z.array(Key) })),
    /** `scopes` must be actions that I may do myself and that a key may do at all. */
    create: managesKeys
      .route({ method: "POST", path: "/keys", successStatus: 201, summary: "Make an API key; shown once" })
      .input(NewKey)
      .output(MadeKey),
    revoke: managesKeys
      .route({ method: "DELETE", path: "/keys/{id}", successStatus: 200, summary: "Revoke an API key at once" })
      .input(id)
      .output(Key),
  },

  sessions: {
    list: own
      .route({ method: "GET", path: "/sessions", summary: "Where I am signed in" })
      .output(z.object({ items: z.array(Session) })),
    revoke: own
      .route({ method: "DELETE", path: "/sessions/{id}", successStatus: 200, summary: "End one of my sessions" })
      .input(z.object({ id: z.uuid() }))
      .output(z.object({ ended: z.boolean() })),
    revokeAll: own
      .route({ method: "POST", path: "/sessions/end-all", summary: "Sign out everywhere, here too" })
      .output(z.object({ ended: z.number().int() })),
  },

  /** For an account that came in by a link and has no password; to change one: `/api/auth/change-password`. */
  setPassword: own
    .route({ method: "POST", path: "/account/password", summary: "Set my first password" })
    .input(z.object({ password: z.string().min(MIN_PASSWORD_LENGTH).max(MAX_PASSWORD_LENGTH) }))
    .output(z.object({ set: z.boolean() })),
  security: own
    .route({ method: "GET", path: "/account/security", summary: "How my account is secured" })
    .output(AccountSecurity),
};
