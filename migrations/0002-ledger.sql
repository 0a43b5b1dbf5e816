-- The ledger: one chain per organisation. The application may add entries and never change one; the head is the lock that
-- puts concurrent writers in line.
create table ledger_head (
  organization_id uuid primary key references organization,
  sequence bigint not null,
  hash text not null
);
call isolate('ledger_head', 'select, insert, update');
create policy every_organization on ledger_head for select to cordon_system using (true);
grant select on ledger_head to cordon_system;

create table ledger_entry (
  organization_id uuid not null references organization,
  sequence bigint not null,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('user', 'key', 'system')),
  actor_id text not null,
  actor_name text not null,
  action text not null,
  subject_type text not null,
  subject_id text not null,
  before_hash text,
  after_hash text,
  previous_hash text not null,
  hash text not null,
  primary key (organization_id, sequence)
);
create index ledger_entry_subject on ledger_entry (organization_id, subject_type, subject_id, sequence desc);
create index ledger_entry_actor on ledger_entry (organization_id, actor_id, sequence desc);
call isolate('ledger_entry', 'select, insert');

-- Public halves of the keys that signed this organisation's checkpoints (SPKI, base64).
create table ledger_key (
  organization_id uuid not null references organization,
  key_id text not null,
  ed25519 text not null,
  ml_dsa65 text not null,
  primary key (organization_id, key_id)
);
call isolate('ledger_key', 'select, insert');

create table ledger_checkpoint (
  organization_id uuid not null references organization,
  sequence bigint not null,
  hash text not null,
  previous_sequence bigint not null,
  at timestamptz not null,
  key_id text not null,
  ed25519 text not null,
  ml_dsa65 text not null,
  primary key (organization_id, sequence)
);
call isolate('ledger_checkpoint', 'select, insert');
