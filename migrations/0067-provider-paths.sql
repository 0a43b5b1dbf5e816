-- Providers of before their paths and keys were remembered: 0062 meant to copy them, and saw none of any organisation.
alter table publisher no force row level security;
alter table provider_path no force row level security;
alter table publisher_key no force row level security;

insert into provider_path (organization_id, path) select organization_id, path from publisher on conflict do nothing;
insert into publisher_key (organization_id, fingerprint, public_key)
  select organization_id, key_fingerprint, key_public from publisher where key_fingerprint is not null and key_public is not null
  on conflict do nothing;

alter table publisher force row level security;
alter table provider_path force row level security;
alter table publisher_key force row level security;
