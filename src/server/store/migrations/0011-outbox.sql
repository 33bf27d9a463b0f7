-- What the app was last told of an account, and when to look again although nothing happens.
create table access_states (
  app text not null,
  account text not null,
  allowed boolean not null,
  reasons jsonb not null,
  as_of bigint not null,
  look_at bigint,
  primary key (app, account)
);
create index access_states_to_look on access_states (look_at) where look_at is not null;

-- A refused check whose request would now be served: the app was told.
alter table checks add column resolved bigint;
create index checks_unresolved on checks (app, account, created) where refused and resolved is null;

-- How many events an account has had. Its row is held while an event is written, so that they come in order.
create table app_event_counts (
  app text not null,
  account text not null,
  seq bigint not null,
  primary key (app, account)
);

-- What is to be told to an app. Of one account, the next is not sent before the one before it is settled.
create table app_events (
  app text not null,
  account text not null,
  id text not null,
  seq bigint not null,
  body jsonb not null,
  state text not null default 'queued',
  tries integer not null default 0,
  -- How many of the tries were before it was last replayed.
  replayed integer not null default 0,
  -- When it is tried next; while it is being tried, until when nobody else does.
  due bigint not null,
  error text,
  created bigint not null,
  updated bigint not null,
  primary key (app, account, id)
);
create unique index app_events_in_order on app_events (app, account, seq);
create index app_events_queued on app_events (app, due) where state = 'queued';
create index app_events_newest on app_events (app, created);

create table app_event_attempts (
  app text not null,
  account text not null,
  event text not null,
  number integer not null,
  at bigint not null,
  status integer,
  error text,
  excerpt text,
  milliseconds integer not null,
  primary key (app, account, event, number)
);

-- Addresses that answered 410 Gone: nothing is sent there until the app has another one, or replays an event.
create table gone_webhooks (
  app text not null,
  url text not null,
  since bigint not null,
  primary key (app, url)
);

-- Accounts of which something was reported: whether a threshold was crossed is looked at in the background.
create table usage_looks (
  app text not null,
  account text not null,
  asked bigint not null default 1,
  due bigint not null,
  primary key (app, account)
);
create index usage_looks_due on usage_looks (due);

-- Which thresholds were told in which period (its beginning).
create table usage_thresholds (
  app text not null,
  account text not null,
  meter text not null,
  period bigint not null,
  threshold double precision not null,
  told bigint not null,
  primary key (app, account, meter, period, threshold)
);

-- Reports on their way to a Stripe meter; taken away when Stripe has them.
create table meter_forwards (
  app text not null,
  account text not null,
  -- Of the usage event.
  id text not null,
  event_name text not null,
  quantity numeric not null,
  at bigint not null,
  -- queued; dead: Stripe will never take it as it is; unknown: Stripe may have it, and can no longer tell.
  state text not null default 'queued',
  tries integer not null default 0,
  due bigint not null,
  -- Since when Stripe may have it although it did not say so.
  unsure bigint,
  error text,
  created bigint not null,
  primary key (app, account, id)
);
create index meter_forwards_queued on meter_forwards (due) where state = 'queued';
