-- How far each job is, for people: graphile-worker's own tables know no organisation.
create table job_run (
  organization_id uuid not null references organization,
  id uuid not null,
  job text not null,
  key text,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  done bigint not null default 0,
  total bigint,
  message text not null default '',
  result jsonb,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  primary key (organization_id, id)
);
create index job_run_newest on job_run (organization_id, job, created_at desc);
call isolate('job_run');

-- Lets the application's role put a job into the queue, in its own transaction and only for its own organisation.
create function enqueue_job(job text, run_id uuid, actor jsonb, input jsonb, run_at timestamptz, job_key text, max_attempts int)
  returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if public.current_organization() is null then
    raise exception 'a job needs an organisation';
  end if;
  perform graphile_worker.add_job(
    job,
    json_build_object('organizationId', public.current_organization(), 'runId', run_id, 'actor', actor, 'input', input),
    run_at => run_at,
    max_attempts => max_attempts,
    job_key => case when job_key is null then null else public.current_organization() || ':' || job || ':' || job_key end,
    job_key_mode => 'replace');
end $$;
revoke all on function enqueue_job from public;
grant execute on function enqueue_job to cordon_app;
