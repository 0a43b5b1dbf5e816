-- What a person is told, and the outbox of it: written in the transaction of the change that it tells of, sent afterwards.
create table notice (
  organization_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  kind text not null,
  subject_type text not null,
  subject_id text not null,
  -- Names the change: told of once per person, however often it is tried.
  change text not null,
  title text not null,
  happened text not null,
  safe text not null,
  next_step text not null,
  path text not null,
  created_at timestamptz not null,
  read_at timestamptz,
  -- When it goes into a mail; null: it does not. mail_id: the mail it went into.
  mail_at timestamptz,
  mail_id uuid,
  primary key (organization_id, id),
  foreign key (organization_id, user_id) references member,
  unique (organization_id, user_id, kind, subject_type, subject_id, change)
);
create index notice_newest on notice (organization_id, user_id, id desc);
create index notice_unread on notice (organization_id, user_id) where read_at is null;
create index notice_mail on notice (mail_at) where mail_at is not null and mail_id is null;
call isolate('notice', 'select, insert, update');
create policy every_due_notice on notice for select to cordon_system using (mail_at is not null and mail_id is null);
grant select (organization_id, mail_at, mail_id) on notice to cordon_system;

-- One mail to one person; its id is its Message-ID, so that one sent twice after a crash arrives once.
create table mail (
  organization_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  created_at timestamptz not null,
  attempts integer not null default 0,
  next_try_at timestamptz,
  sent_at timestamptz,
  failed_at timestamptz,
  reason text,
  primary key (organization_id, id),
  foreign key (organization_id, user_id) references member
);
create index mail_due on mail (next_try_at) where next_try_at is not null;
call isolate('mail', 'select, insert, update');
create policy every_due_mail on mail for select to cordon_system using (next_try_at is not null);
grant select (organization_id, next_try_at) on mail to cordon_system;

-- How a person wants mails: at once, once a day, once a week, or not.
create table notice_settings (
  organization_id uuid not null,
  user_id uuid not null,
  time_zone text not null,
  hour integer not null check (hour between 0 and 23),
  weekday integer not null check (weekday between 1 and 7),
  cadence jsonb not null,
  primary key (organization_id, user_id),
  foreign key (organization_id, user_id) references member
);
call isolate('notice_settings', 'select, insert, update');

create table webhook (
  organization_id uuid not null references organization,
  id uuid not null,
  name text not null,
  url text not null,
  -- Encrypted: signing needs it, nobody may read it.
  sealed_secret text not null,
  -- Empty: every kind.
  kinds text[] not null,
  enabled boolean not null,
  created_by text not null,
  created_at timestamptz not null,
  removed_at timestamptz,
  revision integer not null default 1,
  primary key (organization_id, id)
);
call isolate('webhook', 'select, insert, update');

create table webhook_delivery (
  organization_id uuid not null,
  id uuid not null,
  webhook_id uuid not null,
  kind text not null,
  change text not null,
  body text not null,
  created_at timestamptz not null,
  attempts integer not null default 0,
  next_try_at timestamptz,
  delivered_at timestamptz,
  failed_at timestamptz,
  status integer,
  reason text,
  primary key (organization_id, id),
  foreign key (organization_id, webhook_id) references webhook,
  unique (organization_id, webhook_id, change)
);
create index webhook_delivery_due on webhook_delivery (next_try_at) where next_try_at is not null;
create index webhook_delivery_newest on webhook_delivery (organization_id, webhook_id, id desc);
call isolate('webhook_delivery', 'select, insert, update');
create policy every_due_delivery on webhook_delivery for select to cordon_system using (next_try_at is not null);
grant select (organization_id, next_try_at) on webhook_delivery to cordon_system;
