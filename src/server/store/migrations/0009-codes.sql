-- The short code of a refusal, as somebody types it from a terminal. A lookup table, keyed by the code alone: whoever
-- types it names no account, that is what the code is to tell. It opens nothing: it says which refusal is meant.
create table codes (
  code text primary key,
  app text not null,
  account text not null,
  check_id text not null,
  expires bigint not null
);
create index codes_by_check on codes (app, account, check_id);
create index codes_to_forget on codes (expires);

-- When the app took a refusal back.
alter table checks add column cancelled bigint;
-- For whom the refusal was made out, where it is not the account itself: `visitor`.
alter table checks add column audience text;
-- A program asks how a refusal stands: not before `poll_due`, in steps of `poll_interval` seconds, which grow with every
-- question that comes too early (RFC 8628 §3.5).
alter table checks add column poll_due bigint not null default 0;
alter table checks add column poll_interval integer not null default 5;
alter table checks add column poll_early boolean not null default false;
