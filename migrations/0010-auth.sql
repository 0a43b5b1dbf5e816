-- Sign-in. Accounts belong to people, not to organisations: they live in a schema of their own, which cordon_app cannot enter,
-- and cordon_auth can enter nothing else.
do $$
begin
  if not exists (select from pg_roles where rolname = 'cordon_auth') then
    create role cordon_auth nologin nosuperuser nocreatedb nocreaterole nobypassrls noreplication;
  end if;
  if not pg_has_role(current_user, 'cordon_auth', 'member') then
    execute format('grant cordon_auth to %I', current_user);
  end if;
end $$;

create schema auth;
revoke all on schema auth from public;
grant usage on schema auth to cordon_auth;

-- The tables of better-auth 1.7.25 with its plugins, as its own migration compiles them; a test proves that none is missing.
create table auth."user" (
  "id" uuid default gen_random_uuid() not null primary key,
  "name" text not null,
  "email" text not null unique,
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz default current_timestamp not null,
  "twoFactorEnabled" boolean
);
create table auth."session" (
  "id" uuid default gen_random_uuid() not null primary key,
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" uuid not null references auth."user" ("id") on delete cascade,
  "organizationId" text
);
create index "session_userId_idx" on auth."session" ("userId");
create table auth."account" (
  "id" uuid default gen_random_uuid() not null primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" uuid not null references auth."user" ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz not null,
  unique ("providerId", "accountId")
);
create index "account_userId_idx" on auth."account" ("userId");
create table auth."verification" (
  "id" uuid default gen_random_uuid() not null primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz default current_timestamp not null
);
create index "verification_identifier_idx" on auth."verification" ("identifier");
create table auth."twoFactor" (
  "id" uuid default gen_random_uuid() not null primary key,
  "secret" text not null,
  "backupCodes" text not null,
  "userId" uuid not null references auth."user" ("id") on delete cascade,
  "verified" boolean,
  "failedVerificationCount" integer,
  "lockedUntil" timestamptz
);
create index "twoFactor_secret_idx" on auth."twoFactor" ("secret");
create index "twoFactor_userId_idx" on auth."twoFactor" ("userId");
create table auth."passkey" (
  "id" uuid default gen_random_uuid() not null primary key,
  "name" text,
  "publicKey" text not null,
  "userId" uuid not null references auth."user" ("id") on delete cascade,
  "credentialID" text not null unique,
  "counter" integer not null,
  "deviceType" text not null,
  "backedUp" boolean not null,
  "transports" text,
  "createdAt" timestamptz,
  "aaguid" text
);
create index "passkey_userId_idx" on auth."passkey" ("userId");

-- Wrong tries, per account and per address: `key` is a kind and a hash, never what somebody typed.
create table auth.attempt (
  key text primary key,
  failures integer not null,
  last_at timestamptz not null
);
create index attempt_last_at on auth.attempt (last_at);

grant select, insert, update, delete on all tables in schema auth to cordon_auth;
