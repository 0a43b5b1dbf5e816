-- Catalogues of controls that an organisation brought in, one row per edition: never changed, removed only while no release chose it.
create table catalog (
  organization_id uuid not null,
  id uuid not null,
  -- The same for every edition of one catalogue.
  name text not null,
  edition text not null,
  title text not null,
  publisher text not null,
  file_name text not null,
  hash text not null,
  -- The whole catalogue, as it leaves again as OSCAL.
  document jsonb not null,
  -- What the file said that has no place here.
  losses jsonb not null,
  imported_by text not null,
  imported_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, name, edition)
);
call isolate('catalog', 'select, insert, delete');

-- Its controls as lists show them.
create table catalog_control (
  organization_id uuid not null,
  catalog_id uuid not null,
  position integer not null,
  control_id text not null,
  label text not null,
  title text not null,
  parent_id text,
  shown jsonb not null,
  primary key (organization_id, catalog_id, position),
  unique (organization_id, catalog_id, control_id),
  foreign key (organization_id, catalog_id) references catalog on delete cascade
);
call isolate('catalog_control', 'select, insert, delete');

-- Which catalogues a release answers to; without a row: those that come with the program and are FDA's.
create table release_catalogs (
  organization_id uuid not null,
  release_id uuid not null,
  names text[] not null,
  revision integer not null,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (organization_id, release_id),
  foreign key (organization_id, release_id) references release
);
call isolate('release_catalogs', 'select, insert, update');

-- Filled MDS2 forms of a release: ids, answers and notes, never a question. The newest counts.
create table mds2_form (
  organization_id uuid not null,
  id uuid not null,
  release_id uuid not null,
  file_name text not null,
  hash text not null,
  answers jsonb not null,
  unanswered text[] not null,
  losses jsonb not null,
  uploaded_by text not null,
  uploaded_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, release_id) references release
);
create index mds2_form_of on mds2_form (organization_id, release_id, uploaded_at desc, id desc);
call isolate('mds2_form', 'select, insert');
