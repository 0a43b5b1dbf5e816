-- Roles. Migrations run as the owner; requests run as cordon_app (`set local role`), which owns nothing and bypasses nothing.
-- cordon_system sees of all organisations only what a policy opens to it by name.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['cordon_app', 'cordon_system'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      execute format('create role %I nologin nosuperuser nocreatedb nocreaterole nobypassrls noreplication', wanted);
    end if;
    -- The owner may become the role, but must not inherit what it may see: `to cordon_system` would open rows to the owner too.
    if current_setting('server_version_num')::int >= 160000 then
      if not pg_has_role(current_user, wanted, 'set') then
        execute format('grant %I to %I with inherit false, set true', wanted, current_user);
      end if;
    elsif not pg_has_role(current_user, wanted, 'member') then
      execute format('grant %I to %I', wanted, current_user);
    end if;
  end loop;
end $$;

revoke all on schema public from public;
grant usage on schema public to cordon_app, cordon_system;

-- The organisation of the running transaction, null outside one: then no policy matches and no row is visible.
create function current_organization() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.organization_id', true), '')::uuid;

-- What every table of an organisation gets: the column exists already; forced row-level security and the grants of the app role.
-- `privileges` lists what the application may do, so that an append-only table is append-only for it.
create procedure isolate(target regclass, privileges text default 'select, insert, update, delete')
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy organization on %s using (organization_id = (select current_organization())) with check (organization_id = (select current_organization()))',
    target);
  execute format('grant %s on %s to cordon_app', privileges, target);
end $$;

create table organization (
  organization_id uuid primary key,
  name text not null,
  created_at timestamptz not null default now()
);
call isolate('organization', 'select, insert, update');
create policy every_organization on organization for select to cordon_system using (true);
grant select on organization to cordon_system;
