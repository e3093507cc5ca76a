-- +goose Up
-- The lines of a contract's revision in one text, the very one that rows_mac covers: what is calculated over a whole county is
-- read from it. The lines themselves stay what holds, and verifications read those.
alter table contract add column lines text not null default '';
