-- +goose Up
-- What banks and offices reported, as imported. kept_rows and kept_fen are the rows of the batch that were new or different,
-- superseded later or not.
create table batch (
  id          bigint primary key,
  import      bigint not null,
  kind        text   not null,
  area        text   not null,
  org         bigint not null,
  file        text   not null,
  digest      text   not null,
  bytes       bigint not null,
  row_count   bigint not null,
  kept_rows   bigint not null,
  kept_fen    bigint not null,
  maker       bigint not null,
  login       text   not null,
  recorded_at bigint not null
);
create index batch_org on batch (org, area, kind, id);

create table contract (
  rev             bigint primary key,
  id              bigint not null,
  area            text   not null,
  org             bigint not null,
  batch           bigint not null,
  file_row        bigint not null,
  no              text   not null,
  household       text   not null,
  id_type         text   not null,
  id_sealed       text   not null,
  id_index        text   not null,
  name            text   not null,
  branch          text   not null,
  branch_name     text   not null,
  region          text   not null,
  product         text   not null,
  product_code    text   not null,
  purpose         text   not null,
  status          text   not null,
  grade           text   not null,
  account_sealed  text   not null,
  account_index   text   not null,
  rate            text   not null,
  pricing         text   not null,
  start_day       text   not null,
  end_day         text   not null,
  amount          bigint not null,
  balance         bigint,
  other_subsidy   bigint,
  jobs            bigint,
  employees       bigint,
  households      bigint,
  bank_cumulative bigint,
  bank_subsidy    bigint,
  mac             text   not null,
  lines_mac       text   not null,
  recorded_at     bigint not null,
  superseded_at   bigint not null
);
create unique index contract_current on contract (org, no) where superseded_at = 4611686018427387904;
create index contract_history on contract (org, no, recorded_at);
create index contract_person on contract (id_index);
create index contract_home on contract (household);
create index contract_area on contract (area, org, no);

create table ledger_line (
  rev           bigint primary key,
  org           bigint not null,
  batch         bigint not null,
  file_row      bigint not null,
  contract      text   not null,
  note          text   not null,
  day           text   not null,
  kind          bigint not null,
  amount        bigint not null,
  new_end       text   not null,
  recorded_at   bigint not null,
  superseded_at bigint not null
);
create index ledger_line_contract on ledger_line (org, contract);

create table note (
  rev           bigint primary key,
  org           bigint not null,
  batch         bigint not null,
  file_row      bigint not null,
  contract      text   not null,
  no            text   not null,
  start_day     text   not null,
  end_day       text   not null,
  amount        bigint not null,
  recorded_at   bigint not null,
  superseded_at bigint not null
);
create index note_contract on note (org, contract);

create table fee (
  rev           bigint primary key,
  org           bigint not null,
  batch         bigint not null,
  file_row      bigint not null,
  contract      text   not null,
  note          text   not null,
  guarantee     text   not null,
  rate          text   not null,
  amount        bigint not null,
  refund        bigint not null,
  paid          text   not null,
  cover_from    text   not null,
  cover_to      text   not null,
  recorded_at   bigint not null,
  superseded_at bigint not null
);
create index fee_contract on fee (org, contract);

create table list_interval (
  rev           bigint primary key,
  area          text   not null,
  org           bigint not null,
  batch         bigint not null,
  household     text   not null,
  valid_from    text   not null,
  valid_to      text   not null,
  recorded_at   bigint not null,
  superseded_at bigint not null
);
create index list_interval_home on list_interval (area, household);
create unique index list_interval_current on list_interval (area, household, valid_from) where superseded_at = 4611686018427387904;
