-- What the community does: conferences, meetings of ISAOs and ISACs, added by people or read from a calendar file.
create table calendar_event (
  organization_id uuid not null references organization,
  id uuid not null,
  -- RFC 5545: stays the same when the event is read again.
  uid text not null,
  kind text not null,
  title text not null,
  -- Either a day or an instant, each with its end (the last day; the instant it is over).
  starts_on date,
  ends_on date,
  starts_at timestamptz,
  ends_at timestamptz,
  location text not null,
  url text,
  description text not null,
  repeats text,
  imported boolean not null,
  added_by text not null,
  changed_at timestamptz not null,
  removed_at timestamptz,
  revision integer not null default 1,
  primary key (organization_id, id),
  unique (organization_id, uid),
  check ((starts_on is null) <> (starts_at is null)),
  check ((starts_on is null) = (ends_on is null)),
  check ((starts_at is null) = (ends_at is null))
);
create index calendar_event_end on calendar_event (organization_id, (coalesce(ends_on::timestamp, ends_at at time zone 'UTC')))
  where removed_at is null;
call isolate('calendar_event', 'select, insert, update');

-- The address of a person's calendar feed; only the hash of the word in it is kept.
create table calendar_feed (
  organization_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  token_hash text not null unique,
  created_at timestamptz not null,
  last_read_at timestamptz,
  revoked_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, user_id) references member
);
create index calendar_feed_person on calendar_feed (organization_id, user_id) where revoked_at is null;
call isolate('calendar_feed', 'select, insert, update');
-- To find whose feed an address is.
create policy every_feed on calendar_feed for select to cordon_system using (true);
grant select on calendar_feed to cordon_system;
