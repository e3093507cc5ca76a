-- +goose Up
-- Keyed digests of documents and of what was decided about schemes.
alter table document add column mac text not null default '';
alter table scheme_version add column mac text not null default '';
