import pg from "pg";
import { Fault } from "../../lib/fault.ts";
import { OLDEST_MAJOR } from "./binaries.ts";

/** What decides whether Cordon may run on a database that somebody else looks after. */
export interface DatabaseFacts {
  major: number;
  user: string;
  database: string;
  superuser: boolean;
  bypassesRowSecurity: boolean;
  mayCreateRoles: boolean;
  /** May make schemas and tables in it, as its owner may. */
  mayCreate: boolean;
  /** Of Cordon's roles: those the user is no member of, and of these the ones that are there already. */
  missingRoles: string[];
  foreignRoles: string[];
  /** Of Cordon's roles: those row-level security does not bind. */
  powerfulRoles: string[];
}

const CONNECT_TIMEOUT_MS = 10_000;

/** Asks the database once. Fault `unavailable` or `bad_configuration` says why it does not answer; never with the password. */
export async function askConfigured(connectionString: string): Promise<DatabaseFacts> {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: "cordon check",
  });
  client.on("error", () => {});
  const at = `${client.host}:${client.port}/${client.database ?? ""}`;
  try {
    await client.connect();
    const { rows } = await client.query<DatabaseFacts>(FACTS);
    if (rows[0] === undefined) throw new Error("The database said nothing of its user");
    return rows[0];
  } catch (error) {
    throw whyNotConnected(error, at);
  } finally {
    await client.end().catch(() => {});
  }
}

const FACTS = `
  with role as (select wanted as name, r.oid as id, r.rolsuper or r.rolbypassrls as powerful
    from unnest(array['cordon_app', 'cordon_system', 'cordon_auth']) wanted left join pg_roles r on r.rolname = wanted)
  select current_setting('server_version_num')::int / 10000 as major, me.rolname::text as user, current_database()::text as database,
    me.rolsuper as superuser, me.rolbypassrls as "bypassesRowSecurity", me.rolcreaterole as "mayCreateRoles",
    has_database_privilege(current_database(), 'create') and has_schema_privilege('public', 'create') as "mayCreate",
    array(select name from role where id is null or not pg_has_role(me.oid, id, 'member')) as "missingRoles",
    array(select name from role where id is not null and not pg_has_role(me.oid, id, 'member')) as "foreignRoles",
    array(select name from role where powerful) as "powerfulRoles"
  from pg_roles me where me.rolname = current_user`;

const REASONS: Record<string, readonly ["bad_configuration" | "unavailable", string, string]> = {
  "28P01": [
    "bad_configuration",
    "The database refuses this user and password",
    "Correct them in DATABASE_URL or database.url",
  ],
  "28000": [
    "bad_configuration",
    "The database does not let this user in from here",
    "Look at the user's name, and at the server's pg_hba.conf",
  ],
  "3D000": ["bad_configuration", "There is no such database on that server", "Create it: create database … owner …"],
  "42501": ["bad_configuration", "This user may not connect to that database", "Make it the database's owner"],
  "53300": ["unavailable", "The database has no free connection", "Raise max_connections, or end other programs"],
  "57P03": ["unavailable", "The database is starting or stopping", "Try again in a moment"],
  ENOTFOUND: ["bad_configuration", "There is no machine of that name", "Correct the host in DATABASE_URL"],
  EAI_AGAIN: ["unavailable", "The name of the machine cannot be looked up now", "Look at this machine's DNS"],
  ECONNREFUSED: ["unavailable", "Nothing listens there", "Start PostgreSQL, or correct host and port in DATABASE_URL"],
  ENOENT: ["unavailable", "There is no such socket", "Start PostgreSQL, or correct the host in DATABASE_URL"],
};

/** The refusal for what a connection attempt threw. */
export function whyNotConnected(error: unknown, at: string): Fault {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const known = REASONS[code];
  if (known !== undefined) return new Fault(known[0], known[1], { at, fix: known[2], cause: error });
  const said = error instanceof Error ? error.message : String(error);
  return new Fault("unavailable", `The database does not answer: ${said}`, {
    at,
    fix: "Check DATABASE_URL or database.url, and that the server can be reached from here",
    cause: error,
  });
}

/** Why Cordon must not run on this database, or null. A user row-level security does not bind is refused: a bug could then leak. */
export function whyRefused(facts: DatabaseFacts): Fault | null {
  const { user, database, missingRoles, foreignRoles, powerfulRoles } = facts;
  const refuse = (reason: string, fix: string) =>
    new Fault("bad_configuration", reason, { at: `database ${database}`, fix });
  const quoted = `"${user.replaceAll('"', '""')}"`;
  if (facts.major < OLDEST_MAJOR)
    return refuse(`It is PostgreSQL ${facts.major}; Cordon needs ${OLDEST_MAJOR} or newer`, "Upgrade it");
  if (facts.superuser)
    return refuse(
      `Cordon does not run as the superuser ${user}: row-level security would not bind it`,
      `create role cordon login createrole password '…'; create database cordon owner cordon; and use that in DATABASE_URL`,
    );
  if (facts.bypassesRowSecurity)
    return refuse(`The user ${user} bypasses row-level security`, `alter role ${quoted} nobypassrls`);
  if (powerfulRoles.length > 0)
    return refuse(
      `${powerfulRoles.join(", ")} bypass row-level security`,
      powerfulRoles.map((role) => `alter role ${role} nosuperuser nobypassrls`).join("; "),
    );
  if (!facts.mayCreate)
    return refuse(
      `The user ${user} may not create tables in it`,
      `alter database "${database}" owner to ${quoted}; and in it: alter schema public owner to ${quoted}`,
    );
  // Before 16 whoever may create roles may also give away those others made.
  const cannotJoin = facts.mayCreateRoles && facts.major < 16 ? [] : foreignRoles;
  if (facts.mayCreateRoles ? cannotJoin.length > 0 : missingRoles.length > 0)
    return refuse(
      `The user ${user} is no member of ${(facts.mayCreateRoles ? cannotJoin : missingRoles).join(", ")} and may not ${facts.mayCreateRoles ? "join" : "make"} them`,
      rolesByHand(missingRoles, foreignRoles, quoted, facts.major),
    );
  return null;
}

/** What a database administrator runs so that the user needs no right to create roles. */
function rolesByHand(missing: readonly string[], there: readonly string[], user: string, major: number): string {
  const made = missing
    .filter((role) => !there.includes(role))
    .map((role) => `create role ${role} nologin nobypassrls; `);
  return `As an administrator: ${made.join("")}grant ${missing.join(", ")} to ${user}${major >= 16 ? " with inherit false, set true" : ""}`;
}
