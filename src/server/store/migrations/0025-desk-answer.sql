-- The blockers as they were judged when a request was refused, of how good a reading: for support, who are asked why.
alter table checks add column rule jsonb;
-- The newest refusal of an account.
create index checks_newest on checks (app, account, created);
