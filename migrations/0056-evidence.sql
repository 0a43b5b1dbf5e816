-- Evidence for releases: files that prove something, with two times: the days they prove, and when they came in. Never changed but for
-- being withdrawn, never deleted.
create table evidence (
  organization_id uuid not null,
  id uuid not null,
  release_id uuid not null,
  sha256 text not null,
  file_name text not null,
  size_bytes bigint not null,
  kind text not null,
  tool_name text not null,
  -- What was recognised: format, tool, times, subjects, counts.
  summary jsonb not null,
  note text not null,
  proves_from date not null,
  -- Null: from its first day for as long as the freshness of what it proves allows.
  proves_until date,
  came_in_at timestamptz not null,
  origin text not null check (origin in ('person', 'pipeline', 'command-line')),
  by_id text not null,
  by_name text not null,
  supersedes uuid,
  withdrawn_at timestamptz,
  withdrawn_by text,
  withdrawn_because text,
  primary key (organization_id, id),
  foreign key (organization_id, release_id) references release,
  foreign key (organization_id, sha256) references blob,
  foreign key (organization_id, supersedes) references evidence,
  check (proves_until >= proves_from),
  check ((withdrawn_at is null) = (withdrawn_because is null))
);
create index evidence_release on evidence (organization_id, release_id, came_in_at desc, id desc);
-- The same bytes stand once for a release, unless they were withdrawn.
create unique index evidence_once on evidence (organization_id, release_id, sha256) where withdrawn_at is null;
call isolate('evidence', 'select, insert');
grant update (withdrawn_at, withdrawn_by, withdrawn_because) on evidence to cordon_app;

-- What evidence proves: a control or a test of the release's security file, by its id there.
create table evidence_proof (
  organization_id uuid not null,
  id uuid not null,
  evidence_id uuid not null,
  release_id uuid not null,
  target_kind text not null check (target_kind in ('control', 'test')),
  target_id text not null,
  added_at timestamptz not null,
  added_by text not null,
  removed_at timestamptz,
  removed_by text,
  primary key (organization_id, id),
  foreign key (organization_id, evidence_id) references evidence
);
create unique index evidence_proof_once on evidence_proof (organization_id, evidence_id, target_kind, target_id) where removed_at is null;
create index evidence_proof_release on evidence_proof (organization_id, release_id);
call isolate('evidence_proof', 'select, insert');
grant update (removed_at, removed_by) on evidence_proof to cordon_app;

-- A finding of tests, once for a release however often it is found again.
create table test_finding (
  organization_id uuid not null,
  id uuid not null,
  release_id uuid not null,
  fingerprint text not null,
  kind text not null,
  tool_name text not null,
  rule text not null,
  title text not null,
  severity text not null,
  -- As the gravest first.
  weight smallint not null,
  said text not null,
  place text not null,
  cwes text[] not null,
  cves text[] not null,
  description text not null,
  note text,
  first_seen_at timestamptz not null,
  last_evidence_id uuid not null,
  state text not null default 'open' check (state in ('open', 'fixed', 'accepted', 'deferred', 'not-applicable')),
  disposition jsonb,
  decided_at timestamptz,
  decided_by text,
  revision integer not null default 1,
  primary key (organization_id, id),
  unique (organization_id, release_id, fingerprint),
  foreign key (organization_id, release_id) references release,
  foreign key (organization_id, last_evidence_id) references evidence,
  check ((state = 'open') = (disposition is null))
);
create index test_finding_work on test_finding (organization_id, release_id, state, weight desc, id);
call isolate('test_finding', 'select, insert, update');

-- In which evidence a finding stands.
create table evidence_finding (
  organization_id uuid not null,
  evidence_id uuid not null,
  finding_id uuid not null,
  primary key (organization_id, evidence_id, finding_id),
  foreign key (organization_id, evidence_id) references evidence,
  foreign key (organization_id, finding_id) references test_finding
);
create index evidence_finding_of on evidence_finding (organization_id, finding_id);
call isolate('evidence_finding', 'select, insert');
