-- Worst harm first, then exploitation, then score. Each finding keeps the harm its component can reach: 1 (negligible) to 5
-- (catastrophic); 0: the device states no function; -1: it reaches none, by a recorded fact. `harm_function`: through which function.
alter table finding add column harm smallint not null default 0 check (harm between -1 and 5);
alter table finding add column harm_function text;
alter table vulnerability add column harm smallint not null default 0 check (harm between -1 and 5);

-- The owner writes over the rows of every organisation once.
alter table finding no force row level security;
alter table vulnerability no force row level security;
alter table device no force row level security;

-- Until now: 500,000,000 when exploited + harm * 50,000,000 + rating, score and EPSS (below 50,000,000). From now on harm leads;
-- not stated (0) stands between minor and serious, where it may be anything, and reaching nothing (-1) last.
update finding f set harm = d.harm,
  harm_function = (select f2.value->>'name' from jsonb_array_elements(d.functions) with ordinality as f2(value, place)
    order by array_position(array['catastrophic', 'critical', 'serious', 'minor', 'negligible'], f2.value->>'harm'), f2.place limit 1),
  priority = (array[0, 3, 1, 2, 4, 5, 6])[d.harm + 2] * 200000000 + case when f.exploited is null then 0 else 100000000 end
    + f.priority % 50000000
from device d where d.organization_id = f.organization_id and d.id = f.device_id;

update vulnerability v set priority = coalesce(top.priority, 0), harm = coalesce(top.harm, 0), severity = coalesce(top.severity, v.severity),
  rating = coalesce(top.rating, v.rating)
from vulnerability w left join lateral (select f.priority, f.harm, f.severity, f.rating from finding f
    where f.organization_id = w.organization_id and f.advisory = w.advisory and f.gone_at is null
    order by f.priority desc, f.id desc limit 1) top on true
where v.organization_id = w.organization_id and v.advisory = w.advisory;

-- The same for devices: harm * 200,000,000, then something exploited is open, then how much of what.
update device set danger = (array[3, 1, 2, 4, 5, 6])[harm + 1] * 200000000 + case when danger >= 1000000000 then 100000000 else 0 end
  + danger % 100000000
where danger > 0;

alter table finding force row level security;
alter table vulnerability force row level security;
alter table device force row level security;

-- "Exploited" was a part of the order; now it is a filter of its own.
create index finding_exploited on finding (organization_id, priority desc, id desc) where gone_at is null and exploited is not null;
create index finding_exploited_state on finding (organization_id, state, priority desc, id desc)
  where gone_at is null and exploited is not null;
create index vulnerability_exploited on vulnerability (organization_id, priority desc, advisory) where exploited is not null;
