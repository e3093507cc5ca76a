-- +goose Up
-- What households were paid in former years, and caps that may be exceeded. Two rows of a household may say the same.
create table paid_before (
  rev           bigint primary key,
  area          text   not null,
  org           bigint not null,
  batch         bigint not null,
  file_row      bigint not null,
  household     text   not null,
  scheme        text   not null,
  year          bigint not null,
  amount        bigint not null,
  recorded_at   bigint not null,
  mac           text   not null,
  superseded_at bigint not null
);
create index paid_before_home on paid_before (area, household);

create table approval (
  rev           bigint primary key,
  area          text   not null,
  org           bigint not null,
  batch         bigint not null,
  file_row      bigint not null,
  household     text   not null,
  amount        bigint not null,
  reason        text   not null,
  recorded_at   bigint not null,
  mac           text   not null,
  superseded_at bigint not null
);
create index approval_home on approval (area, household);
