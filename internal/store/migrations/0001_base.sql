-- +goose Up
-- Times are milliseconds since 1970, days ISO text, money whole fen, flags 0 or 1.
create table audit_head (
  id      bigint primary key,
  seq     bigint not null,
  at      bigint not null,
  digest  text   not null
);
insert into audit_head (id, seq, at, digest) values (1, 0, 0, '');

create table audit (
  seq     bigint primary key,
  at      bigint not null,
  actor   text not null,
  role    text not null,
  org     text not null,
  origin  text not null,
  act     text not null,
  kind    text not null,
  object  text not null,
  before  text not null,
  after   text not null,
  result  text not null,
  reason  text not null,
  prev    text not null,
  digest  text not null
);
create index audit_object on audit (kind, object, seq);
create index audit_actor on audit (actor, seq);

create table seal_key (
  id      bigint primary key,
  kind    text   not null,
  master  text   not null,
  sealed  text   not null,
  made    bigint not null
);

create table setting (
  name    text primary key,
  value   text not null
);
