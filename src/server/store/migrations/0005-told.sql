-- What only the app can know: its own word on a refusal, the key that was used, a hold, the seats that are taken.
alter table checks add column told text;
alter table checks add column told_until bigint;
alter table checks add column api_key text;
-- Since when a deed has answered the app's word.
alter table checks add column mended bigint;
alter table accounts add column hold jsonb;
alter table accounts add column seats integer;
-- Readings of an older shape; the next look at Stripe writes them anew.
delete from snapshots;
