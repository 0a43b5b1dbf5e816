-- Where advisories come from, the index built of them, and what they touch.

create table intel_source (
  organization_id uuid not null references organization,
  id uuid not null,
  name text not null,
  location text not null,
  enabled boolean not null,
  revision integer not null default 1,
  primary key (organization_id, id),
  unique (organization_id, location)
);
call isolate('intel_source');

-- Who asked for a run of reading them all; how far it is stands in job_run under the same id.
create table intel_run (
  organization_id uuid not null references organization,
  id uuid not null,
  started_at timestamptz not null,
  started_by text not null,
  primary key (organization_id, id)
);
call isolate('intel_run');

create table intel_index (
  organization_id uuid primary key references organization,
  sha256 text not null,
  size_bytes bigint not null,
  advisories integer not null,
  feeds jsonb not null,
  built_at timestamptz not null
);
call isolate('intel_index');

-- One vulnerability that touches the organisation, with its counters: a line of the inbox.
create table vulnerability (
  organization_id uuid not null references organization,
  advisory text not null,
  aliases text[] not null,
  title text not null,
  severity jsonb not null,
  rating text not null,
  exploited jsonb,
  epss jsonb,
  epss_rank real not null,
  facts_hash text not null,
  details text not null default '',
  refs text[] not null default '{}',
  cwes text[] not null default '{}',
  published_at text,
  modified_at text,
  priority integer not null default 0,
  total integer not null default 0,
  open integer not null default 0,
  new integer not null default 0,
  in_triage integer not null default 0,
  affected integer not null default 0,
  suspect integer not null default 0,
  releases integer not null default 0,
  devices integer not null default 0,
  found_at timestamptz not null,
  primary key (organization_id, advisory)
);
create index vulnerability_open on vulnerability (organization_id, priority desc, advisory) where open > 0;
create index vulnerability_new on vulnerability (organization_id, priority desc, advisory) where new > 0;
create index vulnerability_priority on vulnerability (organization_id, priority desc, advisory);
create index vulnerability_found on vulnerability (organization_id, found_at desc, advisory);
create index vulnerability_epss on vulnerability (organization_id, epss_rank desc, advisory);
call isolate('vulnerability');

create table vulnerability_alias (
  organization_id uuid not null,
  alias text not null,
  advisory text not null,
  primary key (organization_id, alias, advisory)
);
call isolate('vulnerability_alias');

-- Names of components that ever had a finding: what the text filter looks through instead of a million findings.
create table finding_name (
  organization_id uuid not null references organization,
  name text not null,
  primary key (organization_id, name)
);
call isolate('finding_name', 'select, insert');

create table finding (
  organization_id uuid not null,
  id uuid not null,
  device_id uuid not null,
  release_id uuid not null,
  advisory text not null,
  aliases text[] not null,
  title text not null,
  -- What stays the same when the component's version changes.
  identity text not null,
  component_name text not null,
  component_version text,
  purl text,
  cpe text,
  rating text not null,
  severity jsonb not null,
  exploited jsonb,
  epss jsonb,
  -- -1: unknown.
  epss_rank real not null,
  fixed_in text[] not null,
  because jsonb not null,
  -- Exploited first, then harm to a patient, then rating, score, EPSS: one number to sort by.
  priority integer not null,
  facts_hash text not null,
  state text not null default 'new',
  justification text,
  note text not null default '',
  assignee_id text,
  assignee_name text,
  decided_by text,
  decided_at timestamptz,
  decided_version text,
  suspect boolean not null default false,
  last_change_id uuid,
  revision integer not null default 1,
  found_at timestamptz not null,
  gone_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, device_id) references device,
  foreign key (organization_id, release_id) references release
);
create unique index finding_once on finding
  (organization_id, release_id, identity, (coalesce(component_version, '')), advisory) where gone_at is null;
-- A list is read in one of four orders and filtered by what people filter by; each pair that matters has its index,
-- so that a page of fifty is fifty steps in one of them.
create index finding_priority on finding (organization_id, priority desc, id desc) where gone_at is null;
create index finding_state on finding (organization_id, state, rating, priority desc, id desc) where gone_at is null;
create index finding_state_priority on finding (organization_id, state, priority desc, id desc) where gone_at is null;
create index finding_rating on finding (organization_id, rating, priority desc, id desc) where gone_at is null;
create index finding_release on finding (organization_id, release_id, priority desc, id desc) where gone_at is null;
create index finding_device on finding (organization_id, device_id, priority desc, id desc) where gone_at is null;
create index finding_found on finding (organization_id, found_at desc, id desc) where gone_at is null;
create index finding_epss on finding (organization_id, epss_rank desc, id desc) where gone_at is null;
create index finding_component on finding (organization_id, component_name, id) where gone_at is null;
create index finding_advisory on finding (organization_id, advisory, priority desc, id desc) where gone_at is null;
create index finding_mine on finding (organization_id, assignee_id, priority desc, id desc)
  where gone_at is null and assignee_id is not null;
create index finding_suspect on finding (organization_id, priority desc, id desc) where gone_at is null and suspect;
create index finding_gone on finding (organization_id, release_id, priority desc, id desc) where gone_at is not null;
call isolate('finding', 'select, insert, update');

create table finding_event (
  organization_id uuid not null,
  id uuid not null,
  finding_id uuid not null,
  at timestamptz not null,
  by_name text not null,
  kind text not null,
  from_state text,
  to_state text,
  justification text,
  note text not null,
  component_version text,
  -- Events of one decision share it; undo names it. `before`: what the finding was, to go back to.
  change_id uuid,
  before jsonb,
  primary key (organization_id, id),
  foreign key (organization_id, finding_id) references finding
);
create index finding_event_finding on finding_event (organization_id, finding_id, id);
create index finding_event_change on finding_event (organization_id, change_id) where change_id is not null;
call isolate('finding_event', 'select, insert');
