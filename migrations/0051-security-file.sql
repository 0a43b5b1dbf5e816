-- The security file of a release: what holds for all of it, and its revision, which goes up with each change.
create table security_file (
  organization_id uuid not null,
  release_id uuid not null,
  revision integer not null,
  head jsonb not null,
  -- The revision in which the head was last changed.
  head_revision integer not null,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (organization_id, release_id),
  foreign key (organization_id, release_id) references release
);
call isolate('security_file', 'select, insert, update');

-- Its items. An id is unique over all kinds of one file.
create table security_file_item (
  organization_id uuid not null,
  release_id uuid not null,
  id text collate "C" not null,
  kind text not null,
  body jsonb not null,
  -- The revision in which it was last changed.
  revision integer not null,
  primary key (organization_id, release_id, id),
  foreign key (organization_id, release_id) references security_file
);
call isolate('security_file_item');

-- Every change as it was made: what an item was before, and is after. Never changed, never deleted.
create table security_file_change (
  organization_id uuid not null,
  release_id uuid not null,
  revision integer not null,
  -- [{ kind, id, before, after }]; null: not there.
  changes jsonb not null,
  note text not null,
  changed_by_id text not null,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (organization_id, release_id, revision),
  foreign key (organization_id, release_id) references security_file
);
call isolate('security_file_change', 'select, insert');

-- An organisation's acceptance criteria, edition by edition. A file keeps the one it was judged by.
create table acceptance_matrix (
  organization_id uuid not null,
  id uuid not null,
  name text not null,
  edition text not null,
  matrix jsonb not null,
  added_by text not null,
  added_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, name, edition)
);
call isolate('acceptance_matrix', 'select, insert');
