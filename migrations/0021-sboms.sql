-- SBOMs as they came (compressed, once per content) and as they were read.

create table sbom_file (
  organization_id uuid not null,
  sha256 text not null,
  size_bytes bigint not null,
  zstd bytea not null,
  primary key (organization_id, sha256)
);
alter table sbom_file alter column zstd set storage external;
call isolate('sbom_file', 'select, insert');

create table sbom (
  organization_id uuid not null,
  id uuid not null,
  release_id uuid not null,
  sha256 text not null,
  file_name text not null,
  size_bytes bigint not null,
  format jsonb not null,
  serial text,
  name text,
  created_at text,
  authors jsonb not null,
  tools jsonb not null,
  subject jsonb,
  components integer not null,
  quality jsonb not null,
  problems jsonb not null,
  uploaded_at timestamptz not null,
  uploaded_by text not null,
  primary key (organization_id, id),
  foreign key (organization_id, release_id) references release,
  foreign key (organization_id, sha256) references sbom_file
);
create index sbom_release on sbom (organization_id, release_id, uploaded_at desc, id);
call isolate('sbom', 'select, insert');
alter table release add foreign key (organization_id, sbom_id) references sbom;

-- One row per component in the order of the document. `identity`: what stays the same when the version changes.
create table component (
  organization_id uuid not null,
  sbom_id uuid not null,
  ordinal integer not null,
  ref text not null,
  type text not null,
  group_name text,
  name text not null,
  version text,
  purl text,
  cpes text[] not null,
  hashes jsonb not null,
  supplier text,
  licenses text[] not null,
  nested_in text,
  identity text not null,
  parent integer,
  depth integer not null,
  children integer not null,
  missing text[] not null,
  unmatched text,
  primary key (organization_id, sbom_id, ordinal),
  foreign key (organization_id, sbom_id) references sbom
);
create index component_parent on component (organization_id, sbom_id, parent, ordinal);
create index component_name on component (organization_id, sbom_id, name, ordinal);
create index component_identity on component (organization_id, sbom_id, identity);
call isolate('component', 'select, insert, update');

create table component_dependency (
  organization_id uuid not null,
  sbom_id uuid not null,
  from_ordinal integer not null,
  to_ordinal integer not null,
  primary key (organization_id, sbom_id, from_ordinal, to_ordinal),
  foreign key (organization_id, sbom_id) references sbom
);
create index component_dependency_to on component_dependency (organization_id, sbom_id, to_ordinal);
call isolate('component_dependency', 'select, insert');

-- Every component name the organisation ever had: what the palette and the text filter look through.
create table part_name (
  organization_id uuid not null,
  name text not null,
  release_id uuid not null,
  primary key (organization_id, name)
);
call isolate('part_name');
