-- A vulnerability stands where the worst of its open findings puts it, and only where none is open, the worst of all: one that was
-- decided not to affect the pump was ranked, and told, by what it could do there.
alter table finding no force row level security;
alter table vulnerability no force row level security;

update vulnerability v set priority = top.priority, harm = top.harm, severity = top.severity, rating = top.rating
from vulnerability w cross join lateral (select f.priority, f.harm, f.severity, f.rating from finding f
    where f.organization_id = w.organization_id and f.advisory = w.advisory and f.gone_at is null
    order by f.state in ('new', 'in-triage', 'affected') desc, f.priority desc, f.id desc limit 1) top
where v.organization_id = w.organization_id and v.advisory = w.advisory and v.open > 0
  and (v.priority, v.harm, v.severity) is distinct from (top.priority, top.harm, top.severity);

alter table finding force row level security;
alter table vulnerability force row level security;
