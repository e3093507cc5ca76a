-- +goose Up
-- A job is long work asked for by an act. It is cut into steps (the table shard): step 0 plans, steps 1 … N are the shards, the
-- last one ends the job. Which of them are wanted, running and done stands here; the job engine's tables only deliver them.
create table job (
  id         bigint primary key,
  kind       text   not null,
  args       text   not null,
  subject    bigint not null,
  area       text   not null,
  org        bigint not null,
  once       text   not null,
  state      text   not null,
  error      text   not null,
  asked_by   text   not null,
  asked_at   bigint not null,
  cancel_by  text   not null,
  cancel_at  bigint not null,
  ended_at   bigint not null
);
create unique index job_once on job (kind, once) where once <> '';
create index job_asked on job (asked_at);
create index job_subject on job (kind, subject);
create index job_open on job (id) where ended_at = 0;

create table shard (
  job        bigint not null,
  n          bigint not null,
  step       text   not null,
  args       text   not null,
  state      text   not null,
  done       bigint not null,
  total      bigint not null,
  faults     bigint not null,
  attempts   bigint not null,
  node       bigint not null,
  queued_at  bigint not null,
  began_at   bigint not null,
  ended_at   bigint not null,
  error      text   not null,
  primary key (job, n)
);
create index shard_open on shard (state, node) where state in ('waiting', 'running');

-- A process that works jobs. It raises beats while it lives; others count its silence by their own clocks.
create table node (
  id         bigint primary key,
  name       text   not null,
  beats      bigint not null,
  began_at   bigint not null,
  seen_at    bigint not null,
  ended_at   bigint not null
);
create index node_open on node (id) where ended_at = 0;
