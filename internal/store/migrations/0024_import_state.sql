-- +goose Up
-- What was decided about an import, by another person than who made it. What was decided before is superseded.
create table import_state (
  rev           bigint primary key,
  import        bigint not null,
  area          text   not null,
  org           bigint not null,
  state         text   not null,
  reason        text   not null,
  checker       bigint not null,
  login         text   not null,
  recorded_at   bigint not null,
  mac           text   not null,
  superseded_at bigint not null
);
create unique index import_state_current on import_state (import) where superseded_at = 4611686018427387904;
