-- +goose Up
-- A key that nothing is sealed with any more is retired: its row stays, the wrapped key goes. 0 while it is in use.
alter table seal_key add column retired_at bigint not null default 0;
