/** A million findings: 20 devices with 10 releases each, 5,000 findings a release, 20,000 vulnerabilities, 3,000 component names. */
export const MILLION_FINDINGS: readonly string[] = [
  `insert into device (organization_id, id, name, model, manufacturer, owner_team, intended_use, functions, harm, created_at, updated_at)
   select $1::uuid, gen_random_uuid(), 'Device ' || d, '', '', '', '', '[{"kind":"therapy","name":"therapy","harm":"critical"}]', 4, now(), now()
   from generate_series(1, 20) d`,
  `insert into release (organization_id, id, device_id, version, notes, phase, phase_since, interfaces, created_at)
   select $1::uuid, gen_random_uuid(), d.id, r || '.0', '', 'maintenance', '2026-01-01', '[]', now()
   from device d, generate_series(1, 10) r where d.organization_id = $1::uuid and d.name like 'Device %'`,
  `insert into vulnerability (organization_id, advisory, aliases, title, severity, rating, exploited, epss, epss_rank, facts_hash, priority, harm,
     total, open, new, releases, devices, found_at)
   select $1::uuid, 'CVE-2025-' || v, '{}', 'A flaw in part ' || v % 3000, '{"source":"nvd","vector":null,"score":7.5,"rating":"high"}', 'high',
     null, null, -1, '', 1000000000 + v, 4, 50, 50, 25, 50, 20, now() - v * interval '1 minute'
   from generate_series(10000, 29999) v`,
  `insert into vulnerability_alias (organization_id, alias, advisory)
   select organization_id, advisory, advisory from vulnerability where organization_id = $1::uuid on conflict do nothing`,
  `insert into finding_name (organization_id, name, advisory)
   select $1::uuid, 'part-' || n % 3000, 'CVE-2025-' || 10000 + n from generate_series(0, 19999) n on conflict do nothing`,
  `insert into finding (organization_id, id, device_id, release_id, advisory, aliases, title, identity, component_name, component_version, rating,
     severity, exploited, epss, epss_rank, fixed_in, because, priority, harm, harm_function, facts_hash, state, suspect, assignee_id, found_at, gone_at)
   select $1::uuid, gen_random_uuid(), r.device_id, r.id, 'CVE-2025-' || 10000 + v % 20000, '{}', 'A flaw in part ' || v % 3000,
     'pkg:npm/part-' || v % 3000, 'part-' || v % 3000, '1.' || n, rating,
     jsonb_build_object('source', 'nvd', 'vector', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 'score', 7.5, 'rating', rating),
     case when v % 200 = 0 then '{"since":"2025-01-01","dueOn":null,"ransomware":false}'::jsonb end,
     jsonb_build_object('score', (v % 1000) / 1000.0, 'percentile', 0.5), (v % 1000) / 1000.0, '{"9.9"}',
     '{"rule":"package","range":"< 9.9","source":"osv","record":"x"}',
     1000000000 + case when v % 200 = 0 then 100000000 else 0 end
       + (case rating when 'critical' then 5 when 'high' then 4 when 'medium' then 2 else 1 end) * 5000000 + v % 1000, 4, 'therapy', '',
     case when s < 55 then 'new' when s < 65 then 'in-triage' when s < 75 then 'affected' when s < 90 then 'not-affected' when s < 98 then 'fixed' else 'accepted' end,
     s >= 75 and v % 50 = 0, case when s between 55 and 64 and v % 10 = 0 then $2 end, now() - v * interval '1 second',
     case when v % 25 = 0 then now() end
   from (select r.id, r.device_id, row_number() over (order by r.id) as place from release r where r.organization_id = $1::uuid and r.version like '%.0') r
   cross join generate_series(1, 5000) n
   cross join lateral (select (r.place * 7919 + n * 104729) % 1000003 as v) a
   cross join lateral (select (v * 31 + n) % 100 as s, case when v % 20 = 0 then 'critical' when v % 20 < 6 then 'high' when v % 20 < 15 then 'medium' when v % 20 < 19 then 'low' else 'unknown' end as rating) b
   where r.place <= 200`,
];
