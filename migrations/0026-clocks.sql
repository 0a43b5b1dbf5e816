-- How an organisation counts its days, and which instruments start no clock in it.
create table clock_settings (
  organization_id uuid primary key references organization,
  time_zone text not null,
  off_instruments text[] not null default '{}',
  revision integer not null default 1
);
call isolate('clock_settings', 'select, insert, update');

-- A clock that was started, with the words of the edition that set it: a later edition changes nothing here. Never deleted.
create table clock (
  organization_id uuid not null references organization,
  id uuid not null,
  clock text not null,
  instrument text not null,
  edition date not null,
  definition jsonb not null,
  event text not null,
  subject_type text not null,
  subject_id text not null,
  subject_label text not null,
  device_id uuid,
  owner_id text,
  owner_name text,
  time_zone text not null,
  started_at timestamptz not null,
  started_by text not null,
  start_evidence jsonb not null,
  recorded_at timestamptz not null,
  due_at timestamptz not null,
  due_on date not null,
  -- The last stage that was told of, and when the next one is; null once nothing more will be told.
  stage text,
  next_stage_at timestamptz,
  stopped_at timestamptz,
  stopped_by text,
  stop_recorded_at timestamptz,
  stop_evidence jsonb,
  voided_at timestamptz,
  voided_by text,
  void_reason text,
  revision integer not null default 1,
  primary key (organization_id, id),
  check ((stopped_at is null) = (stop_evidence is null)),
  check ((voided_at is null) = (void_reason is null)),
  check (next_stage_at is null or (stopped_at is null and voided_at is null))
);
-- One clock per subject, until it is voided.
create unique index clock_once on clock (organization_id, clock, subject_type, subject_id) where voided_at is null;
create index clock_running on clock (organization_id, due_at, id) where stopped_at is null and voided_at is null;
create index clock_due on clock (organization_id, due_at desc, id);
create index clock_subject on clock (organization_id, subject_type, subject_id);
create index clock_device on clock (organization_id, device_id) where device_id is not null;
create index clock_stage on clock (next_stage_at) where next_stage_at is not null;
call isolate('clock', 'select, insert, update');
-- To know which organisations have a clock that must be heard now.
create policy every_due_clock on clock for select to cordon_system using (next_stage_at is not null);
grant select (organization_id, next_stage_at) on clock to cordon_system;
