-- What others say of vulnerabilities in our releases: VEX documents as they came, their statements, whose they are, and what became of them.

-- Whose word a statement is. A person decides once how far it is trusted.
create table vex_source (
  organization_id uuid not null references organization,
  id uuid not null,
  -- The author's name in lower case; empty: the document names nobody, and nobody can be trusted for it.
  key text not null,
  name text not null,
  trust text not null default 'unknown' check (trust in ('own', 'supplier', 'third-party', 'unknown')),
  decided_by text,
  decided_at timestamptz,
  revision integer not null default 1,
  first_seen_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, key)
);
call isolate('vex_source', 'select, insert, update');

-- Statements of which trust set a finding's state; all others propose it.
create table vex_rule (
  organization_id uuid primary key references organization,
  sets text[] not null,
  revision integer not null default 1
);
call isolate('vex_rule', 'select, insert, update');

create table vex_document (
  organization_id uuid not null,
  id uuid not null,
  release_id uuid not null,
  file_name text not null,
  sha256 text not null,
  size_bytes bigint not null,
  zstd bytea not null,
  format text not null,
  format_version text not null,
  statements integer not null,
  refused jsonb not null,
  uploaded_at timestamptz not null,
  uploaded_by text not null,
  withdrawn_at timestamptz,
  withdrawn_by text,
  primary key (organization_id, id),
  foreign key (organization_id, release_id) references release
);
create unique index vex_document_once on vex_document (organization_id, release_id, sha256) where withdrawn_at is null;
call isolate('vex_document', 'select, insert, update');

create table vex_statement (
  organization_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  release_id uuid not null,
  source_id uuid not null,
  ordinal integer not null,
  -- The source's trust, as decided last.
  trust text not null check (trust in ('own', 'supplier', 'third-party', 'unknown')),
  status text not null,
  statement jsonb not null,
  primary key (organization_id, id),
  foreign key (organization_id, document_id) references vex_document,
  foreign key (organization_id, source_id) references vex_source,
  foreign key (organization_id, release_id) references release
);
create index vex_statement_release on vex_statement (organization_id, release_id, ordinal);
create index vex_statement_document on vex_statement (organization_id, document_id, ordinal);
create index vex_statement_source on vex_statement (organization_id, source_id);
call isolate('vex_statement', 'select, insert, update');

-- Which statements speak of which finding, and what each does to it.
create table finding_vex (
  organization_id uuid not null,
  finding_id uuid not null,
  statement_id uuid not null,
  release_id uuid not null,
  role text not null check (role in ('sets', 'proposes', 'agrees', 'speaks')),
  -- The release it was said for, where it is an earlier one, and the part's version it holds for here.
  carried_from uuid,
  carried_version text,
  answer text check (answer in ('taken', 'turned-down')),
  answered_by text,
  answered_at timestamptz,
  primary key (organization_id, finding_id, statement_id),
  foreign key (organization_id, finding_id) references finding,
  foreign key (organization_id, statement_id) references vex_statement
);
create index finding_vex_release on finding_vex (organization_id, release_id);
create index finding_vex_statement on finding_vex (organization_id, statement_id);
create index finding_vex_proposed on finding_vex (organization_id, finding_id) where role = 'proposes';
call isolate('finding_vex');

-- Who decided: a person, or the statement of a trusted source. What a person decided, no statement changes.
alter table finding add column decided_through text check (decided_through in ('person', 'vex'));
update finding set decided_through = 'person' where decided_at is not null;
