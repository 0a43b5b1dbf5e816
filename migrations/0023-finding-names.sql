-- Which component names had which vulnerability: the inbox is filtered by a component's name without looking at a million findings.
drop table finding_name;
create table finding_name (
  organization_id uuid not null references organization,
  name text not null,
  advisory text not null,
  primary key (organization_id, name, advisory)
);
call isolate('finding_name', 'select, insert');

insert into finding_name (organization_id, name, advisory)
select distinct organization_id, component_name, advisory from finding;
