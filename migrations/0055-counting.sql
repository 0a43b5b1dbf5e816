-- The counters of a vulnerability move with every release that is compared. An index whose condition names a counter would make each
-- move an entry in all nine indexes; whether something is open or new at all seldom changes, and then a move stays in its page.
alter table vulnerability set (fillfactor = 60);
alter table vulnerability add column is_open boolean not null generated always as (open > 0) stored,
  add column is_new boolean not null generated always as (new > 0) stored;
drop index vulnerability_open;
drop index vulnerability_new;
create index vulnerability_open on vulnerability (organization_id, priority desc, advisory) where is_open;
create index vulnerability_new on vulnerability (organization_id, priority desc, advisory) where is_new;
