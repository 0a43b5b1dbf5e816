-- People of an organisation. Name and e-mail address are copies of the account's, made when the person joined.
create table member (
  organization_id uuid not null references organization,
  user_id uuid not null,
  name text not null,
  email text not null,
  roles text[] not null check (cardinality(roles) > 0),
  state text not null check (state in ('active', 'deactivated')),
  joined_at timestamptz not null,
  primary key (organization_id, user_id)
);
create index member_user on member (user_id);
call isolate('member', 'select, insert, update');
-- To know of which organisations somebody who signs in is a member.
create policy every_member on member for select to cordon_system using (true);
grant select on member to cordon_system;

-- One-time links. Only the hash of the word in the link is kept.
create table invitation (
  organization_id uuid not null references organization,
  id uuid not null,
  token_hash text not null unique,
  purpose text not null check (purpose in ('first-administrator', 'invitation')),
  email text not null,
  name text not null,
  roles text[] not null check (cardinality(roles) > 0),
  invited_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  withdrawn_at timestamptz,
  primary key (organization_id, id)
);
create index invitation_email on invitation (email) where used_at is null and withdrawn_at is null;
call isolate('invitation', 'select, insert, update');
-- To find an invitation by its link, or by the e-mail address that a sign-on provider vouches for.
create policy every_invitation on invitation for select to cordon_system using (true);
grant select on invitation to cordon_system;

-- API keys. Only the hash of a key is kept.
create table api_key (
  organization_id uuid not null references organization,
  id uuid not null,
  user_id uuid not null,
  name text not null,
  start text not null,
  hash text not null unique,
  scopes text[] not null check (cardinality(scopes) > 0),
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, user_id) references member
);
call isolate('api_key', 'select, insert, update');
-- To find whose key a request carries.
create policy every_key on api_key for select to cordon_system using (true);
grant select on api_key to cordon_system;
