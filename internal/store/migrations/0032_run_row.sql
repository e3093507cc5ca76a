-- +goose Up
-- One row of a claim each. parts are what each payer bears, fen, in the order of the run's payers; cuts what a rule over the
-- whole claim took off, in JSON; mac a keyed digest of all of it.
create table run_row (
  run           bigint not null,
  shard         bigint not null,
  seq           bigint not null,
  contract      text   not null,
  note          text   not null,
  household     text   not null,
  balance_days  bigint not null,
  subsidy       bigint not null,
  reason        text   not null,
  fee           bigint not null,
  parts         text   not null,
  cuts          text   not null,
  mac           text   not null,
  primary key (run, shard, seq)
);
create unique index run_row_contract on run_row (run, contract, note);

-- Faults and warnings of a run: of each shard and class the first ones; counts stand in the shard's totals.
create table run_notice (
  run       bigint not null,
  shard     bigint not null,
  n         bigint not null,
  warning   bigint not null,
  code      text   not null,
  file      text   not null,
  file_row  bigint not null,
  title     text   not null,
  zh        text   not null,
  en        text   not null,
  primary key (run, shard, n)
);
