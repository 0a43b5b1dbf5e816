-- What scoring needs to know of a release besides its interfaces; null: not stated.
alter table release add column network_position text check (network_position in ('isolated', 'device-network', 'hospital-network', 'internet'));
alter table release add column data_held jsonb;
alter table release add column patient_records integer check (patient_records >= 0);

-- What CISA's coordinators say of a vulnerability (exploitation, automatable, technical impact).
alter table vulnerability add column ssvc jsonb;

-- What a person answered about a vulnerability in a release: the rubric's questions, the inputs of the decision tables, the questions
-- to the bedside. The newest of a question counts; null takes it back. Never changed, never deleted.
create table risk_answer (
  organization_id uuid not null,
  id uuid not null,
  release_id uuid not null,
  advisory text not null,
  question text not null,
  answer text,
  note text not null,
  -- What was proposed when it was answered.
  proposed jsonb,
  by_id text not null,
  by_name text not null,
  at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, release_id) references release
);
create index risk_answer_of on risk_answer (organization_id, release_id, advisory, question, at desc, id desc);
call isolate('risk_answer', 'select, insert');

-- Controlled or uncontrolled, decided by a person.
create table risk_decision (
  organization_id uuid not null,
  id uuid not null,
  release_id uuid not null,
  device_id uuid not null,
  advisory text not null,
  risk text not null check (risk in ('controlled', 'uncontrolled')),
  why text not null,
  -- What we proposed, and everything it was proposed from.
  proposal jsonb not null,
  basis_hash text not null,
  decided_by_id text not null,
  decided_by text not null,
  decided_at timestamptz not null,
  learned_at timestamptz not null,
  undone_at timestamptz,
  undone_by text,
  primary key (organization_id, id),
  foreign key (organization_id, release_id) references release,
  foreign key (organization_id, device_id) references device,
  check ((undone_at is null) = (undone_by is null))
);
create index risk_decision_of on risk_decision (organization_id, release_id, advisory, decided_at desc, id desc);
call isolate('risk_decision', 'select, insert, update');

-- Which functions a part of a release can reach, as somebody recorded with a reason. Without a row: all of them.
create table component_reach (
  organization_id uuid not null,
  release_id uuid not null,
  identity text not null,
  -- Names of the functions; null: taken back, all again.
  functions text[],
  reason text not null,
  by_id text not null,
  by_name text not null,
  at timestamptz not null,
  id uuid not null,
  primary key (organization_id, id),
  foreign key (organization_id, release_id) references release
);
create index component_reach_of on component_reach (organization_id, release_id, identity, at desc, id desc);
call isolate('component_reach', 'select, insert');
