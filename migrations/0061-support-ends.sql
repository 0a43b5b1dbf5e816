-- On which day the support of what a release is made of ends: one row per product with its cycle and day, however many components it
-- has. Kept when the release is looked at, so that a calendar feed reads a handful of rows and no component.
create table release_support_end (
  organization_id uuid not null,
  release_id uuid not null,
  -- Product and cycle: `OpenSSL 1.1.1`, `Debian 11`; of extended support `Debian 11 (Debian LTS)`.
  name text not null,
  ends_on date not null,
  -- How the source says it.
  said text not null,
  components integer not null,
  primary key (organization_id, release_id, name, ends_on),
  foreign key (organization_id, release_id) references release
);
create index release_support_end_day on release_support_end (organization_id, ends_on);
call isolate('release_support_end');
