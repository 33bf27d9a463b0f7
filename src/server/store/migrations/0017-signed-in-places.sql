-- A session as its person sees it: a name that opens nothing, the browser in its own words, how they came in (`app`,
-- `email`, `letter`; `link` for guests), and when they last proved who they are.
alter table sessions add column id text;
update sessions set id = 'ses_' || md5(hash);
alter table sessions alter column id set not null;
alter table sessions add column user_agent text;
alter table sessions add column how text not null default 'app';
alter table sessions add column proved bigint;
create unique index sessions_by_id on sessions (app, account, id);
create index sessions_to_forget on sessions (created);

-- When somebody of the merchant's support looked at an account, and why. The customer may read it.
create table staff_looks (
  app text not null,
  account text not null,
  id text not null,
  at bigint not null,
  staff text not null,
  reason text not null,
  primary key (app, account, id)
);
create index staff_looks_newest on staff_looks (app, account, at);
