-- The receipt of a report that did not come by the form: its reporter was never shown the link.

-- Whether receipts go out by mail, by themselves.
alter table disclosure_intake add column mail_receipts boolean not null default false;

create table disclosure_receipt (
  organization_id uuid not null,
  case_id uuid not null,
  -- by-hand: a person must send the link, for `reason`. handed: a person made a link.
  state text not null check (state in ('waiting', 'sent', 'by-hand', 'handed')),
  reason text,
  at timestamptz not null,
  -- Message-ID of the mail it answers.
  in_reply_to text,
  -- The word of the link (AES-256-GCM), until it is sent.
  sealed_token bytea,
  attempts integer not null default 0,
  next_try_at timestamptz,
  primary key (organization_id, case_id),
  foreign key (organization_id, case_id) references disclosure_case
);
create index disclosure_receipt_due on disclosure_receipt (next_try_at) where next_try_at is not null;
call isolate('disclosure_receipt', 'select, insert, update');
create policy every_due_receipt on disclosure_receipt for select to cordon_system using (next_try_at is not null);
grant select (organization_id, next_try_at) on disclosure_receipt to cordon_system;
