-- What an organisation says to its customers: who it is, its advisories, and every revision of them as published.

create table publisher (
  organization_id uuid not null references organization,
  name text not null,
  category text not null check (category in ('vendor', 'coordinator', 'discoverer', 'other', 'translator', 'user')),
  namespace text not null,
  contact text not null default '',
  issuing_authority text not null default '',
  postal_address text not null default '',
  email text not null default '',
  phone text not null default '',
  id_prefix text not null,
  next_number integer not null default 1,
  -- The segment of the public address; unique on the server, so that each organisation has its own.
  path text not null unique check (path ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  provider_on boolean not null default false,
  -- Since when it is on: the first one on a server answers at /.well-known/csaf/ too.
  provider_on_since timestamptz,
  list_on_aggregators boolean not null default true,
  mirror_on_aggregators boolean not null default true,
  key_fingerprint text,
  key_public text,
  revision integer not null default 1,
  updated_at timestamptz not null,
  primary key (organization_id)
);
call isolate('publisher', 'select, insert, update');
-- To find whose provider an address is of, before anybody has signed in: only those that are on.
create policy provider_on on publisher for select to cordon_system using (provider_on);
grant select on publisher to cordon_system;

create table security_advisory (
  organization_id uuid not null references organization,
  id uuid not null,
  tracking_id text not null,
  -- What people work on; what was published stands in security_advisory_revision.
  content jsonb not null,
  state text not null check (state in ('draft', 'published', 'withdrawn')),
  published_number integer,
  -- True: the content differs from what was last published.
  changed boolean not null default false,
  revision integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  primary key (organization_id, id),
  unique (organization_id, tracking_id)
);
create index security_advisory_updated on security_advisory (organization_id, updated_at desc, id desc);
call isolate('security_advisory');

-- Published bytes: never changed, never removed.
create table security_advisory_revision (
  organization_id uuid not null,
  advisory_id uuid not null,
  number integer not null check (number > 0),
  category text not null,
  status text not null check (status in ('interim', 'final')),
  tlp text not null check (tlp in ('WHITE', 'GREEN', 'AMBER', 'RED')),
  tracking_id text not null,
  title text not null,
  summary text not null,
  file_name text not null,
  -- Folder of the file: the year of the first release.
  year integer not null,
  document text not null,
  sha256 text not null,
  sha512 text not null,
  signature text not null,
  key_fingerprint text not null,
  released_at timestamptz not null,
  published_at timestamptz not null,
  published_by_id text not null,
  published_by text not null,
  primary key (organization_id, advisory_id, number),
  foreign key (organization_id, advisory_id) references security_advisory
);
create index security_advisory_revision_file on security_advisory_revision (organization_id, file_name, number desc);
call isolate('security_advisory_revision', 'select, insert');
