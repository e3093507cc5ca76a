-- +goose Up
-- whole says that a file speaks of all that held of its kind, so that whoever confirms it vouches for what it left as it was.
alter table batch add column whole bigint not null default 0;
