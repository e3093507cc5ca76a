-- +goose Up
-- A calculation over stored facts. What it was asked to do never changes; its state does, and keeps its history. mac covers the
-- whole row; digest is the SHA-256 of the results as they are written out.
create table run (
  rev            bigint primary key,
  id             bigint not null,
  area           text   not null,
  org            bigint not null,
  scheme         text   not null,
  version        bigint not null,
  scheme_hash    text   not null,
  scheme_digest  text   not null,
  year           bigint not null,
  known_at       bigint not null,
  list_area      text   not null,
  params         text   not null,
  simulation     bigint not null,
  reason         text   not null,
  program        text   not null,
  state          text   not null,
  job            bigint not null,
  contracts      bigint not null,
  row_count      bigint not null,
  paid_count     bigint not null,
  balance_days   bigint not null,
  subsidy        bigint not null,
  fee            bigint not null,
  faults         bigint not null,
  warnings       bigint not null,
  digest         text   not null,
  summary        text   not null,
  maker          bigint not null,
  login          text   not null,
  asked_at       bigint not null,
  recorded_at    bigint not null,
  superseded_at  bigint not null,
  mac            text   not null
);
create unique index run_current on run (id) where superseded_at = 4611686018427387904;
create index run_area on run (area, org, id);

-- The files whose rows the facts of a run are.
create table run_input (
  run        bigint not null,
  batch      bigint not null,
  kind       text   not null,
  file       text   not null,
  digest     text   not null,
  bytes      bigint not null,
  row_count  bigint not null,
  primary key (run, batch)
);

-- Published rates as they were given to a run.
create table run_text (
  run      bigint not null,
  name     text   not null,
  digest   text   not null,
  content  text   not null,
  primary key (run, name)
);

create table run_payer (
  run      bigint not null,
  n        bigint not null,
  who      text   not null,
  subsidy  bigint not null,
  fee      bigint not null,
  primary key (run, n)
);

-- A run is cut into shards: contracts from one place in the order of groups and numbers up to another, which is not in it.
create table run_shard (
  run         bigint not null,
  n           bigint not null,
  from_group  text   not null,
  from_no     text   not null,
  to_group    text   not null,
  to_no       text   not null,
  open_end    bigint not null,
  planned     bigint not null,
  done_at     bigint not null,
  contracts   bigint not null,
  row_count   bigint not null,
  faults      bigint not null,
  totals      text   not null,
  primary key (run, n)
);
