import { sql } from "kysely";
import { storableJson } from "../../../../lib/storable.ts";
import type { Scope, Trx } from "../../../../platform/db.ts";
import { HARM_PLACES } from "../../../devices/schema.ts";
import type { FindingFacts } from "../facts.ts";
import { HARM_STEP, type ReachedHarm } from "../priority.ts";
import type { KnownFinding } from "../reconcile.ts";
import type { FindingEvent } from "../schema.ts";

/** Every finding releases ever had. There is an index of those that are there and one of those that went; none is of both. */
export const everOf = ({ organizationId }: Scope, releaseIds: readonly string[]) => {
  const of = sql`organization_id = ${organizationId}::uuid and release_id = any(${[...releaseIds]}::uuid[])`;
  return sql`(select * from finding where ${of} and gone_at is null
    union all select * from finding where ${of} and gone_at is not null)`;
};

/** Every finding releases ever had, as far as reconciling needs it. */
export async function knownFindings(
  trx: Trx,
  scope: Scope,
  releaseIds: readonly string[],
): Promise<(KnownFinding & { releaseId: string; state: string })[]> {
  const { rows } = await sql<KnownFinding & { releaseId: string; state: string }>`
    select id, release_id, identity, component_version, advisory, aliases, facts_hash, gone_at is not null as gone, state
    from ${everOf(scope, releaseIds)} f
    order by gone_at desc nulls first, id`.execute(trx);
  return rows;
}

const SHAPE = sql`id uuid, advisory text, aliases text[], title text, identity text, "componentName" text, "componentVersion" text,
  purl text, cpe text, rating text, severity jsonb, exploited jsonb, epss jsonb, "epssRank" real, "fixedIn" text[], because jsonb,
  priority integer, "factsHash" text, harm smallint, "harmFunction" text`;
/** json null is not SQL null. */
const COLUMNS = sql`r.id, r.advisory, r.aliases, r.title, r.identity, r."componentName", r."componentVersion", r.purl, r.cpe, r.rating,
  r.severity, nullif(r.exploited, 'null'::jsonb), nullif(r.epss, 'null'::jsonb), r."epssRank", r."fixedIn", r.because, r.priority, r."factsHash",
  r.harm, r."harmFunction"`;
const NAMES = sql`id, advisory, aliases, title, identity, component_name, component_version, purl, cpe, rating, severity, exploited, epss,
  epss_rank, fixed_in, because, priority, facts_hash, harm, harm_function`;

const BATCH = 5_000;

export async function addFindings(
  trx: Trx,
  scope: Scope,
  findings: readonly (FindingFacts & { id: string; deviceId: string; releaseId: string })[],
  foundAt: Date,
): Promise<void> {
  for (let i = 0; i < findings.length; i += BATCH)
    await sql`insert into finding (organization_id, device_id, release_id, found_at, ${NAMES})
      select ${scope.organizationId}::uuid, r."deviceId", r."releaseId", ${foundAt}::timestamptz, ${COLUMNS}
      from json_to_recordset(${storableJson(findings.slice(i, i + BATCH))}::json) as r("deviceId" uuid, "releaseId" uuid, ${SHAPE})`.execute(
      trx,
    );
}

/** Remembers which component names had which vulnerability, for the text filter. */
export async function keepNames(
  trx: Trx,
  scope: Scope,
  findings: readonly Pick<FindingFacts, "componentName" | "advisory">[],
): Promise<void> {
  const rows = storableJson(findings.map(({ componentName, advisory }) => ({ name: componentName, advisory })));
  await sql`insert into finding_name (organization_id, name, advisory)
    select distinct ${scope.organizationId}::uuid, r.name, r.advisory
    from json_to_recordset(${rows}::json) as r(name text, advisory text) order by 2, 3
    on conflict do nothing`.execute(trx);
}

/**
 * Writes new facts over findings that are there; decisions stay. A closing decision made for another version than the new one, and a
 * "fixed" that is found again, become suspect.
 */
export async function changeFindings(
  trx: Trx,
  scope: Scope,
  findings: readonly (FindingFacts & { id: string })[],
): Promise<void> {
  for (let i = 0; i < findings.length; i += BATCH)
    await sql`update finding f set advisory = r.advisory, aliases = r.aliases, title = r.title, component_name = r."componentName",
        component_version = r."componentVersion", purl = r.purl, cpe = r.cpe, rating = r.rating, severity = r.severity,
        exploited = nullif(r.exploited, 'null'::jsonb), epss = nullif(r.epss, 'null'::jsonb), epss_rank = r."epssRank",
        fixed_in = r."fixedIn", because = r.because, priority = r.priority, facts_hash = r."factsHash", harm = r.harm,
        harm_function = r."harmFunction", gone_at = null,
        suspect = case when f.state in ('not-affected', 'fixed', 'accepted')
          then f.decided_version is distinct from r."componentVersion" or (f.state = 'fixed' and f.gone_at is not null)
          else f.suspect end,
        revision = f.revision + 1
      from json_to_recordset(${storableJson(findings.slice(i, i + BATCH))}::json) as r(${SHAPE})
      where f.organization_id = ${scope.organizationId}::uuid and f.id = r.id`.execute(trx);
}

export async function markGone(trx: Trx, scope: Scope, ids: readonly string[], goneAt: Date): Promise<void> {
  if (ids.length === 0) return;
  await sql`update finding set gone_at = ${goneAt}::timestamptz, revision = revision + 1
    where organization_id = ${scope.organizationId}::uuid and id = any(${[...ids]}::uuid[])`.execute(trx);
}

/** Which findings move: of a device, or of one component in one of its releases; `except` names components that are judged alone. */
export interface Moved {
  deviceId: string;
  component?: { releaseId: string; identity: string };
  except?: readonly { releaseId: string; identity: string }[];
  /** Releases that are judged alone. */
  exceptReleases?: readonly string[];
}

/** Puts findings where the worst harm they can reach puts them. Returns the vulnerabilities whose place may be another one now. */
export async function moveToHarm(
  trx: Trx,
  scope: Scope,
  which: Moved,
  { harm, harmFunction }: ReachedHarm,
): Promise<string[]> {
  const { deviceId, component, except = [], exceptReleases = [] } = which;
  const places = sql`${[...HARM_PLACES]}::integer[]`;
  const { rows } = await sql<{ advisory: string }>`with moved as (
      update finding f set harm = ${harm}::smallint, harm_function = ${harmFunction},
        priority = priority + ((${places})[${harm}::integer + 2] - (${places})[f.harm + 2]) * ${HARM_STEP}::integer
      where organization_id = ${scope.organizationId}::uuid and device_id = ${deviceId}::uuid
        and ${component === undefined ? sql`true` : sql`release_id = ${component.releaseId}::uuid and identity = ${component.identity}`}
        and not release_id = any(${[...exceptReleases]}::uuid[])
        and not exists (select 1 from json_to_recordset(${storableJson(except)}::json) as x("releaseId" uuid, identity text)
          where x."releaseId" = f.release_id and x.identity = f.identity)
        and (harm <> ${harm}::smallint or harm_function is distinct from ${harmFunction}::text)
      returning advisory)
    select distinct advisory from moved order by advisory`.execute(trx);
  return rows.map((row) => row.advisory);
}

/** A part that findings of a release are about, and where they stand. */
export interface PartOfFindings extends ReachedHarm {
  identity: string;
  name: string;
  version: string | null;
  purl: string | null;
}

/** The parts that findings of a release are about, those that went included; the device as a whole is none. */
export async function partsOfFindings(trx: Trx, scope: Scope, releaseId: string): Promise<PartOfFindings[]> {
  const { rows } = await sql<PartOfFindings>`
    select distinct identity, component_name as name, component_version as version, purl, harm, harm_function
    from finding where organization_id = ${scope.organizationId}::uuid and release_id = ${releaseId}::uuid
      and identity not like 'device:%'
    order by identity, name, version, purl`.execute(trx);
  return rows;
}

/** Puts the findings about parts of a release where their harm puts them. Returns how many, and the vulnerabilities that may move. */
export async function movePartsToHarm(
  trx: Trx,
  scope: Scope,
  releaseId: string,
  parts: readonly PartOfFindings[],
): Promise<{ moved: number; advisories: string[] }> {
  const places = sql`${[...HARM_PLACES]}::integer[]`;
  const { rows } = await sql<{ advisory: string; moved: number }>`with moved as (
      update finding f set harm = r.harm, harm_function = r."harmFunction",
        priority = priority + ((${places})[r.harm + 2] - (${places})[f.harm + 2]) * ${HARM_STEP}::integer
      from json_to_recordset(${storableJson(parts)}::json)
        as r(identity text, name text, version text, purl text, harm integer, "harmFunction" text)
      where f.organization_id = ${scope.organizationId}::uuid and f.release_id = ${releaseId}::uuid and f.identity = r.identity
        and f.component_name = r.name and f.component_version is not distinct from r.version and f.purl is not distinct from r.purl
        and (f.harm <> r.harm or f.harm_function is distinct from r."harmFunction")
      returning f.advisory)
    select advisory, count(*)::int as moved from moved group by advisory order by advisory`.execute(trx);
  return { moved: rows.reduce((sum, row) => sum + row.moved, 0), advisories: rows.map((row) => row.advisory) };
}

export interface EventFacts {
  id: string;
  findingId: string;
  kind: Exclude<FindingEvent["kind"], "found">;
  fromState: string | null;
  toState: string | null;
  justification: string | null;
  note: string;
  componentVersion: string | null;
  changeId: string | null;
  before: unknown;
}

/** Adds to the histories of findings. */
export async function addEvents(trx: Trx, scope: Scope, events: readonly EventFacts[], at: Date): Promise<void> {
  for (let i = 0; i < events.length; i += BATCH)
    await sql`insert into finding_event (organization_id, at, by_name, id, finding_id, kind, from_state, to_state, justification, note,
        component_version, change_id, before)
      select ${scope.organizationId}::uuid, ${at}::timestamptz, ${scope.actor.name}, r.id, r."findingId", r.kind, r."fromState",
        r."toState", r.justification, r.note, r."componentVersion", r."changeId", nullif(r.before, 'null'::jsonb)
      from json_to_recordset(${storableJson(events.slice(i, i + BATCH))}::json) as r(id uuid, "findingId" uuid, kind text,
        "fromState" text, "toState" text, justification text, note text, "componentVersion" text, "changeId" uuid, before jsonb)`.execute(
      trx,
    );
}
