-- +goose Up
-- A record has an id that stays, and a rev for each of its states. One of them holds: superseded_at is 2^62.
create table document (
  rev           bigint primary key,
  id            bigint not null,
  area          text   not null,
  org           bigint not null,
  number        text   not null,
  title         text   not null,
  issuer        text   not null,
  issued        text   not null,
  valid_from    text   not null,
  valid_to      text   not null,
  maker         bigint not null,
  login         text   not null,
  recorded_at   bigint not null,
  superseded_at bigint not null
);
create unique index document_current on document (id) where superseded_at = 4611686018427387904;
create unique index document_number on document (area, number) where superseded_at = 4611686018427387904;

create table scheme_version (
  rev           bigint primary key,
  id            bigint not null,
  area          text   not null,
  org           bigint not null,
  scheme        text   not null,
  kind          text   not null,
  title         text   not null,
  document      bigint not null,
  dir           text   not null,
  hash          text   not null,
  digest        text   not null,
  state         text   not null,
  valid_from    text   not null,
  maker         bigint not null,
  login         text   not null,
  checker       text   not null,
  recorded_at   bigint not null,
  superseded_at bigint not null
);
create unique index scheme_version_current on scheme_version (id) where superseded_at = 4611686018427387904;
create unique index scheme_version_content on scheme_version (scheme, digest, valid_from) where superseded_at = 4611686018427387904;

create table scheme_file (
  version bigint not null,
  path    text   not null,
  digest  text   not null,
  content text   not null,
  primary key (version, path)
);
