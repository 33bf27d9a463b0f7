-- An event that could not be worked off waits until `due` before it is tried again.
alter table stripe_events add column due bigint not null default 0;
drop index stripe_events_to_do;
create index stripe_events_to_do on stripe_events (due, received) where done is null;
