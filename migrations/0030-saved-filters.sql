-- Filters of the inbox that people keep under a name: their own, or shared with everybody in the organisation.
create table saved_filter (
  organization_id uuid not null references organization,
  id uuid not null,
  owner_id text not null,
  owner_name text not null,
  name text not null,
  -- The filter as it stands in the page's address: "show=new&exploited=true".
  search text not null,
  shared boolean not null,
  revision integer not null default 1,
  created_at timestamptz not null,
  primary key (organization_id, id)
);
create unique index saved_filter_name on saved_filter (organization_id, owner_id, lower(name));
call isolate('saved_filter');

-- With which filter the inbox opens for a person.
create table saved_filter_default (
  organization_id uuid not null,
  user_id text not null,
  filter_id uuid not null,
  primary key (organization_id, user_id),
  foreign key (organization_id, filter_id) references saved_filter on delete cascade
);
call isolate('saved_filter_default');
