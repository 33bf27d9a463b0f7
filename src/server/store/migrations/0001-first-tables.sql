-- Every table is keyed by app and account first, so that a distributed Postgres can spread it by account.
-- Instants are unix seconds, UTC.

create table accounts (
  app text not null,
  account text not null,
  label text not null,
  stripe_customer text,
  updated bigint not null,
  primary key (app, account)
);
create index accounts_by_customer on accounts (stripe_customer);

create table members (
  app text not null,
  account text not null,
  member text not null,
  role text not null,
  name text,
  email text,
  primary key (app, account, member)
);

-- One refusal as the app was told it, and the visit that followed.
create table checks (
  app text not null,
  account text not null,
  id text not null,
  actor text,
  feature text,
  meter text,
  quantity double precision,
  reported text not null,
  refused boolean not null,
  reasons jsonb not null,
  return_to text,
  state text,
  created bigint not null,
  seen bigint,
  returns integer not null default 0,
  returned bigint,
  primary key (app, account, id)
);
create index checks_by_id on checks (id);

-- Only the SHA-256 of a session's token is kept.
create table sessions (
  hash text primary key,
  app text not null,
  account text not null,
  member text not null,
  role text not null,
  created bigint not null,
  seen bigint not null
);

create table used_tickets (
  app text not null,
  account text not null,
  jti text not null,
  check_id text,
  session_hash text,
  expires bigint not null,
  primary key (app, account, jti)
);

-- One intention of a person to move money or pin a card; the row is there before the first call to Stripe.
create table attempts (
  app text not null,
  account text not null,
  key text not null,
  deed text not null,
  request jsonb not null,
  phase text not null,
  outcome jsonb,
  created bigint not null,
  updated bigint not null,
  primary key (app, account, key)
);

create table setups (
  app text not null,
  account text not null,
  setup_intent text not null,
  created bigint not null,
  open boolean not null default true,
  primary key (app, account, setup_intent)
);

-- Who is moving money for an account just now. A lease: a dead holder's runs out.
create table account_locks (
  app text not null,
  account text not null,
  holder text not null,
  until bigint not null,
  primary key (app, account)
);

-- What was last read of an account from Stripe: what we say when Stripe does not answer.
create table snapshots (
  app text not null,
  account text not null,
  facts jsonb not null,
  fetched bigint not null,
  primary key (app, account)
);

create table stripe_events (
  id text primary key,
  type text not null,
  customer text,
  received bigint not null,
  done bigint,
  tries integer not null default 0,
  error text
);
create index stripe_events_to_do on stripe_events (received) where done is null;
