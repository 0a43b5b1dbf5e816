-- Product → release → unit, the dated phases of a release, and which ledger entries belong to a device.

create table device (
  organization_id uuid not null references organization,
  id uuid not null,
  name text not null,
  model text not null,
  manufacturer text not null,
  owner_team text not null,
  intended_use text not null,
  functions jsonb not null,
  current_release_id uuid,
  -- Worst harm of its functions, 0 (none stated) to 5 (catastrophic), and the place in "most endangered first".
  harm smallint not null,
  danger integer not null default 0,
  revision integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (organization_id, id)
);
create index device_danger on device (organization_id, danger desc, id);
create index device_name on device (organization_id, lower(name), id);
create index device_updated on device (organization_id, updated_at desc, id);
call isolate('device');

create table release (
  organization_id uuid not null,
  id uuid not null,
  device_id uuid not null,
  version text not null,
  notes text not null,
  phase text not null,
  phase_since date not null,
  end_of_support_on date,
  interfaces jsonb not null,
  sbom_id uuid,
  -- What was last compared: this SBOM with that index. Both the same again: nothing to do.
  assessed_at timestamptz,
  assessed_sbom_id uuid,
  assessed_index text,
  revision integer not null default 1,
  created_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, device_id) references device,
  unique (organization_id, device_id, version)
);
create index release_end_of_support on release (organization_id, end_of_support_on) where end_of_support_on is not null;
call isolate('release');
alter table device add foreign key (organization_id, current_release_id) references release;

create table release_phase (
  organization_id uuid not null,
  release_id uuid not null,
  ordinal integer not null,
  phase text not null,
  since date not null,
  note text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (organization_id, release_id, ordinal),
  foreign key (organization_id, release_id) references release
);
call isolate('release_phase', 'select, insert');

-- Open findings of a release at the end of each day on which they changed; the newest row is now.
create table release_day (
  organization_id uuid not null,
  release_id uuid not null,
  on_day date not null,
  open integer not null,
  new integer not null,
  in_triage integer not null,
  affected integer not null,
  exploited integer not null,
  critical integer not null,
  high integer not null,
  medium integer not null,
  low integer not null,
  suspect integer not null,
  primary key (organization_id, release_id, on_day),
  foreign key (organization_id, release_id) references release
);
call isolate('release_day');

create table unit (
  organization_id uuid not null,
  id uuid not null,
  device_id uuid not null,
  release_id uuid not null,
  serial text not null,
  site text not null,
  status text not null,
  installed_on date,
  revision integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, device_id) references device,
  foreign key (organization_id, release_id) references release,
  unique (organization_id, device_id, serial)
);
create index unit_release on unit (organization_id, release_id, serial);
call isolate('unit');

-- Which ledger entries tell a device's story.
create table device_entry (
  organization_id uuid not null,
  device_id uuid not null,
  sequence bigint not null,
  release_id uuid,
  primary key (organization_id, device_id, sequence)
);
call isolate('device_entry', 'select, insert');
