-- A source may be one of the catalogue (`plug_in`), of which parts may be chosen; without one it is an address or folder read as it is.
alter table intel_source
  add column plug_in text,
  add column choice text[] not null default '{}';

-- Where a visit of a source ended: its cursor, the documents that are kept, and what a person is told of it.
create table intel_source_state (
  organization_id uuid not null,
  source_id uuid not null,
  cursor jsonb not null,
  documents jsonb not null,
  seen jsonb not null,
  tried_at timestamptz,
  succeeded_at timestamptz,
  changed_at timestamptz,
  failure jsonb,
  problems jsonb not null,
  records integer not null,
  size_bytes bigint not null,
  -- Asked for by a person: the next visit takes everything again.
  anew boolean not null default false,
  primary key (organization_id, source_id),
  foreign key (organization_id, source_id) references intel_source on delete cascade
);
call isolate('intel_source_state');

-- Which documents the index was built from; the same ones need no new index.
alter table intel_index add column made_of text;
