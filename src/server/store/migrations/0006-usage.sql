-- One report of use, kept so that the same one is not counted twice and a period can begin in the middle of a day.
-- The id is the app's; it comes first in the key because a repeated one is looked up without knowing its account.
create table usage_events (
  app text not null,
  account text not null,
  id text not null,
  meter text not null,
  quantity numeric not null,
  at bigint not null,
  api_key text not null default '',
  member text,
  received bigint not null,
  primary key (app, id, account)
);
create index usage_events_by_time on usage_events (app, account, meter, at);
create index usage_events_to_forget on usage_events (received);

-- What was used on a day (UTC, counted from 1970-01-01), with each key of the app's API; '' where no key was said.
create table usage_days (
  app text not null,
  account text not null,
  meter text not null,
  day integer not null,
  api_key text not null default '',
  quantity numeric not null,
  primary key (app, account, meter, day, api_key)
);

-- Of which meters an account ever had a report, and when the last one came: what is not here is unknown, not zero.
create table usage_meters (
  app text not null,
  account text not null,
  meter text not null,
  reported bigint not null,
  primary key (app, account, meter)
);

-- The ledger of prepaid credits: nothing in it is ever changed. Purchases and goodwill are above zero, the rest below.
create table credit_entries (
  app text not null,
  account text not null,
  seq bigint not null,
  kind text not null,
  amount numeric not null,
  booked bigint not null,
  -- Of a purchase.
  invoice text,
  pack text,
  expires bigint,
  -- Of usage: the meter, and the beginning of the period that it belongs to.
  meter text,
  period bigint,
  primary key (app, account, seq)
);
-- A paid invoice is booked once, whoever sees it first.
create unique index credit_entries_by_invoice on credit_entries (app, account, invoice) where invoice is not null;

-- What the ledger amounts to: the sum of all its entries, and the number of the last one.
create table credit_purses (
  app text not null,
  account text not null,
  balance numeric not null,
  seq bigint not null,
  primary key (app, account)
);

-- What is left of each purchase, the oldest drawn first. Named by its entry.
create table credit_lots (
  app text not null,
  account text not null,
  seq bigint not null,
  remaining numeric not null,
  expires bigint,
  primary key (app, account, seq)
);

-- How many credits each meter has drawn in a period, by the terms last read. Periods of one meter never overlap.
create table credit_draws (
  app text not null,
  account text not null,
  meter text not null,
  period bigint not null,
  until bigint not null,
  included numeric not null,
  rate numeric not null,
  drawn numeric not null default 0,
  primary key (app, account, meter, period)
);

-- The intention to buy a pack: written down before Stripe is asked, open until its invoice is paid or void.
create table credit_orders (
  app text not null,
  account text not null,
  -- SHA-256 of the attempt's key; the invoice carries it in its metadata.
  id text not null,
  pack text not null,
  credits bigint not null,
  amount bigint not null,
  currency text not null,
  automatic boolean not null,
  state text not null default 'open',
  invoice text,
  created bigint not null,
  updated bigint not null,
  primary key (app, account, id)
);
create index credit_orders_open on credit_orders (app, account) where state = 'open';

create table auto_recharges (
  app text not null,
  account text not null,
  is_on boolean not null,
  pack text not null,
  threshold bigint not null,
  monthly bigint not null,
  currency text not null,
  -- Why and since when it buys nothing although it should: `declined` or `monthly`.
  stopped_by text,
  stopped bigint,
  -- When it was last seen whether there is something to buy.
  looked bigint not null default 0,
  updated bigint not null,
  primary key (app, account)
);
create index auto_recharges_on on auto_recharges (app, account) where is_on;

-- What the customer allows to be spent in a period: by the whole account (''), or with one key of the app's API.
create table caps (
  app text not null,
  account text not null,
  api_key text not null default '',
  amount bigint not null,
  currency text not null,
  updated bigint not null,
  primary key (app, account, api_key)
);

-- Requests served in the window that began at `starts`.
create table rate_windows (
  app text not null,
  account text not null,
  meter text not null,
  starts bigint not null,
  seconds integer not null,
  used double precision not null,
  primary key (app, account, meter)
);
