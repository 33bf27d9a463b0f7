-- Somebody of support sees an account's pages as one of its members does, for a while. Named by its row in the audit.
create table staff_views (
  app text not null,
  account text not null,
  id text not null,
  -- Of `staff_sessions`: the view ends with it.
  session text not null,
  member text not null,
  created bigint not null,
  until bigint not null,
  primary key (app, account, id)
);
create unique index staff_views_by_id on staff_views (id);
