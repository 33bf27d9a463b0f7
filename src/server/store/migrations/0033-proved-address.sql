-- The address whose letter somebody has read in this session. What the app says of them later is another matter.
alter table sessions add column proved_email text;
