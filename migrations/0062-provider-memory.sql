-- What a CSAF provider once said stays true: documents name the address they are read at, and are signed with the key of their day.

-- Segments of public addresses, those of today and those that were served: each belongs to one organisation for ever.
create table provider_path (
  organization_id uuid not null references organization,
  path text not null unique check (path ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  primary key (organization_id, path)
);
call isolate('provider_path', 'select, insert, delete');
create policy provider_on on provider_path for select to cordon_system
  using (exists (select from publisher p where p.organization_id = provider_path.organization_id and p.provider_on));
grant select on provider_path to cordon_system;
insert into provider_path (path, organization_id) select path, organization_id from publisher;

-- Public keys that documents were signed with.
create table publisher_key (
  organization_id uuid not null references organization,
  fingerprint text not null,
  public_key text not null,
  primary key (organization_id, fingerprint)
);
call isolate('publisher_key', 'select, insert');
insert into publisher_key (organization_id, fingerprint, public_key)
  select organization_id, key_fingerprint, key_public from publisher where key_fingerprint is not null and key_public is not null;
