-- The blockers as they were judged when a request was refused, of how good a reading: for support, who are asked why.
alter table checks add column rule jsonb;
