-- +goose Up
-- Keyed digests: rows_mac covers the lines of a contract's revision as they are kept, row_mac the revision itself with whose it
-- is and where it came from; mac a row. held_mac covers all rows of a list after its import.
alter table contract add column facts text not null default '';
alter table contract add column rows_mac text not null default '';
alter table contract add column row_mac text not null default '';
alter table list_interval add column file_row bigint not null default 0;
alter table list_interval add column mac text not null default '';
-- seq counts the imports of an area's list, so that two at once cannot both be the next one; 0 for files of contracts.
alter table batch add column seq bigint not null default 0;
alter table batch add column held_mac text not null default '';
alter table batch add column mac text not null default '';
create unique index batch_seq on batch (area, kind, seq) where seq > 0;
