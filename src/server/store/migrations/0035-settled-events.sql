-- What is settled is forgotten after a while, whichever app it was for.
create index app_events_settled on app_events (created) where state <> 'queued';
