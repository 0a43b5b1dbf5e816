-- Advisories that name devices in words: which of ours each may mean, why, and what a person said once about the pair.

-- One of our devices and a vendor and product as advisories write them. `key`: the words of both, however they are spelt.
create table device_pair (
  organization_id uuid not null,
  id uuid not null,
  device_id uuid not null,
  key text not null,
  said_vendor text not null,
  said_name text not null,
  -- `same`: it is this device, also for every later advisory; `other`: it is not. Null: nobody said yet.
  verdict text check (verdict in ('same', 'other')),
  decided_by text,
  decided_at timestamptz,
  revision integer not null default 1,
  first_seen_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, device_id) references device,
  unique (organization_id, device_id, key)
);
create index device_pair_open on device_pair (organization_id, id) where verdict is null;
call isolate('device_pair', 'select, insert, update');

-- One advisory and one release of the device, as last compared.
create table device_match (
  organization_id uuid not null,
  pair_id uuid not null,
  release_id uuid not null,
  advisory text not null,
  title text not null,
  source text not null,
  published_at text,
  grade text not null,
  says text not null,
  evidence jsonb not null,
  cves text[] not null,
  fixed_in text[] not null,
  primary key (organization_id, pair_id, release_id, advisory),
  foreign key (organization_id, pair_id) references device_pair,
  foreign key (organization_id, release_id) references release
);
create index device_match_release on device_match (organization_id, release_id);
call isolate('device_match');

-- What a device was last compared with: names, releases, verdicts, advisories. The same again: nothing to do.
alter table device add column matched_with text;
