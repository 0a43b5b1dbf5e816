-- Under which keys of the advisories the parts of a release's assessed SBOM are looked up: when advisories change, only the releases
-- that ask under a changed key are compared again. The number is of the key's text; two texts with one number only cost a comparison.
create table release_key (
  organization_id uuid not null,
  key bigint not null,
  release_id uuid not null,
  primary key (organization_id, key, release_id),
  foreign key (organization_id, release_id) references release
);
create index release_key_release on release_key (organization_id, release_id);
call isolate('release_key', 'select, insert, delete');

-- By which rules a release was last assessed; null or others than today's: it is compared again.
alter table release add column assessed_rules integer;
