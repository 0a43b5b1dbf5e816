-- Coordinated disclosure: how outsiders report vulnerabilities, and the case each report opens.

-- Off until an administrator switches it on. `slug`: the organisation's own path, /report/<slug>.
create table disclosure_intake (
  organization_id uuid primary key references organization,
  enabled boolean not null,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$'),
  name text not null,
  contact_email text not null,
  policy text not null,
  languages text[] not null,
  pgp_key text,
  -- Hides addresses in the counts below, and signs when a form was opened.
  salt text not null,
  last_number integer not null default 0,
  revision integer not null default 1
);
call isolate('disclosure_intake', 'select, insert, update');
-- To find whose form an address is: of intakes that are open, nothing but what the form shows anyway.
create policy open_intakes on disclosure_intake for select to cordon_system using (enabled);
grant select (organization_id, enabled, slug, name, contact_email, languages) on disclosure_intake to cordon_system;

create table disclosure_case (
  organization_id uuid not null references organization,
  id uuid not null,
  number text not null,
  via text not null check (via in ('form', 'mail', 'person')),
  -- Message-ID of the mail: a mail server that sends twice opens one case.
  source_id text,
  title text not null,
  product text not null,
  version text not null,
  reproduce text not null,
  impact text not null,
  contact text not null,
  credit_wish text not null,
  state text not null,
  state_since timestamptz not null,
  owner_id text,
  owner_name text,
  device_id uuid,
  release_id uuid,
  advisory text,
  embargo_on date,
  credit text not null default '',
  -- SHA-256 of the word in the reporter's link.
  token_hash text not null,
  -- The reporter wrote after we did.
  unread boolean not null default true,
  revision integer not null default 1,
  received_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id, device_id) references device,
  foreign key (organization_id, release_id) references release
);
create unique index disclosure_case_token on disclosure_case (organization_id, token_hash);
create unique index disclosure_case_source on disclosure_case (organization_id, source_id) where source_id is not null;
create index disclosure_case_received on disclosure_case (organization_id, received_at desc, id desc);
call isolate('disclosure_case', 'select, insert, update');

-- What was said, by whom; changes of state stand among it. `internal`: the reporter does not see it.
create table disclosure_message (
  organization_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  at timestamptz not null,
  side text not null check (side in ('reporter', 'us', 'internal', 'state')),
  by_name text not null,
  text text not null,
  primary key (organization_id, id),
  foreign key (organization_id, case_id) references disclosure_case
);
create index disclosure_message_case on disclosure_message (organization_id, case_id, id);
call isolate('disclosure_message', 'select, insert');

-- Files as they came, sealed with AES-256-GCM; nothing here ever opens one.
create table disclosure_attachment (
  organization_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  file_name text not null,
  size_bytes integer not null,
  sha256 text not null,
  sealed bytea not null,
  primary key (organization_id, id),
  foreign key (organization_id, case_id) references disclosure_case
);
alter table disclosure_attachment alter column sealed set storage external;
create index disclosure_attachment_case on disclosure_attachment (organization_id, case_id, id);
call isolate('disclosure_attachment', 'select, insert');

-- How many came in an hour, in all and from one address (kept as a keyed hash for a day).
create table disclosure_count (
  organization_id uuid not null references organization,
  bucket text not null,
  hour timestamptz not null,
  count integer not null,
  primary key (organization_id, bucket, hour)
);
call isolate('disclosure_count');
