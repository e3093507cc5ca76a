-- +goose Up
-- Organisations and accounts keep their history: a row holds from recorded_at until superseded_at (2^62 while it holds).
create table org (
  row_id         bigint primary key,
  id             bigint not null,
  name           text   not null,
  kind           text   not null,
  area           text   not null,
  recorded_at    bigint not null,
  recorded_by    bigint not null,
  superseded_at  bigint not null
);
create unique index org_now on org (id) where superseded_at = 4611686018427387904;
create unique index org_name on org (name, area) where superseded_at = 4611686018427387904;
create index org_past on org (id, recorded_at);

create table account (
  row_id         bigint  primary key,
  id             bigint  not null,
  login          text    not null,
  name           text    not null,
  org            bigint  not null,
  suspended      integer not null,
  made_at        bigint  not null,
  recorded_at    bigint  not null,
  recorded_by    bigint  not null,
  superseded_at  bigint  not null,
  mac            text    not null
);
create unique index account_now on account (id) where superseded_at = 4611686018427387904;
create unique index account_login on account (login) where superseded_at = 4611686018427387904;
create index account_past on account (id, recorded_at);
create index account_by_login on account (login);

-- sealed holds the slow digest of the password, bound to row and account; given is 1 when another person chose it.
create table account_password (
  id             bigint  primary key,
  account        bigint  not null,
  sealed         text    not null,
  given          integer not null,
  recorded_at    bigint  not null,
  recorded_by    bigint  not null,
  superseded_at  bigint  not null
);
create unique index account_password_now on account_password (account) where superseded_at = 4611686018427387904;
create index account_password_past on account_password (account, recorded_at);

-- sealed holds the secret of the time codes, bound to row and account; step is the last that was used.
create table account_factor (
  id             bigint  primary key,
  account        bigint  not null,
  sealed         text    not null,
  confirmed      integer not null,
  step           bigint  not null,
  recorded_at    bigint  not null,
  superseded_at  bigint  not null
);
create unique index account_factor_now on account_factor (account) where superseded_at = 4611686018427387904;

create table account_grant (
  id             bigint primary key,
  account        bigint not null,
  role           text   not null,
  org            bigint not null,
  area           text   not null,
  until_at       bigint not null,
  recorded_at    bigint not null,
  recorded_by    bigint not null,
  confirmed_by   bigint not null,
  superseded_at  bigint not null,
  ended_by       bigint not null,
  mac            text   not null
);
create index account_grant_of on account_grant (account, superseded_at);

-- What changes an administrator: asked for by one person, decided by another.
create table account_request (
  id             bigint primary key,
  what           text   not null,
  account        bigint not null,
  detail         text   not null,
  asked_at       bigint not null,
  asked_by       bigint not null,
  decided_at     bigint not null,
  decided_by     bigint not null,
  outcome        text   not null,
  mac            text   not null
);

-- Failures in a row under a login, whether it exists or not; the login by its keyed index.
create table sign_in (
  login          text   primary key,
  failures       bigint not null,
  until_at       bigint not null
);

create table session (
  id             text    primary key,
  account        bigint  not null,
  strong         integer not null,
  origin         text    not null,
  began          bigint  not null,
  seen           bigint  not null,
  ended          bigint  not null
);
create index session_of on session (account, seen);

create table setup_code (
  id             bigint primary key,
  digest         text   not null,
  made_at        bigint not null,
  used_at        bigint not null
);
