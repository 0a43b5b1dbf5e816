-- A worker that takes a waiting job at the moment another of its key is added left the new one out of the queue: it was seen as waiting
-- when keys were freed, and as taken when it was to be replaced. Nothing is returned then; the next try sees it as taken, and adds.
create or replace function enqueue_job(job text, run_id uuid, actor jsonb, input jsonb, run_at timestamptz, job_key text, max_attempts int)
  returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  queued bigint;
begin
  if public.current_organization() is null then
    raise exception 'a job needs an organisation';
  end if;
  for attempt in 1..20 loop
    queued := (graphile_worker.add_job(
      job,
      json_build_object('organizationId', public.current_organization(), 'runId', run_id, 'actor', actor, 'input', input),
      run_at => run_at,
      max_attempts => max_attempts,
      job_key => case when job_key is null then null else public.current_organization() || ':' || job || ':' || job_key end,
      job_key_mode => 'replace')).id;
    if queued is not null then
      return;
    end if;
  end loop;
  raise exception 'the job % was not queued: others of its key are taken as fast as it is added', job;
end $$;
