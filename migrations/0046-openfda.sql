-- What the FDA lists that may be about our devices: recalls, and how many reports. To look at; no finding by itself.

create table device_recall (
  organization_id uuid not null,
  device_id uuid not null,
  -- The FDA's number of one product of a recall: Z-1234-2026.
  number text not null,
  -- The day it began, else the day it was published.
  "on" text,
  grade text not null check (grade in ('strong', 'weak')),
  evidence jsonb not null,
  recall jsonb not null,
  first_seen_at timestamptz not null,
  primary key (organization_id, device_id, number),
  foreign key (organization_id, device_id) references device
);
call isolate('device_recall');

create table device_report_count (
  organization_id uuid not null,
  device_id uuid not null,
  counts jsonb not null,
  primary key (organization_id, device_id),
  foreign key (organization_id, device_id) references device
);
call isolate('device_report_count');
