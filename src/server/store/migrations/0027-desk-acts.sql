-- What support decides beside the app's own word, which the app neither writes nor lifts: its hold, and until when past-due
-- plans run on for which invoices. They name nobody.
alter table accounts add column staff_hold jsonb;
alter table accounts add column grace jsonb;

-- What staff did to an account, by the key of the attempt: a second click finds what the first one did.
create table desk_acts (
  app text not null,
  account text not null,
  key text not null,
  deed text not null,
  staff text not null,
  -- Its row of the audit.
  audit text not null,
  request jsonb not null,
  -- What came of it; absent while that is read elsewhere.
  result jsonb,
  created bigint not null,
  primary key (app, account, key)
);

-- What support gave away. `asked`: written down before Stripe is asked, and not known to have come there.
create table goodwill (
  app text not null,
  account text not null,
  -- Its row of the audit; Stripe's idempotency key is made of it.
  id text not null,
  -- `credits` of ours, or `money` in minor units.
  kind text not null,
  amount bigint not null,
  currency text,
  customer text,
  state text not null,
  -- Stripe's entry in the customer's balance.
  reference text,
  created bigint not null,
  updated bigint not null,
  primary key (app, account, id)
);
create index goodwill_to_settle on goodwill (updated) where state = 'asked';

-- What staff tell each other about a blocker. Never changed: a new one takes the place of the old one.
create table desk_notes (
  app text not null,
  account text not null,
  id text not null,
  -- A reason of the diagnosis, or an invoice.
  about_kind text not null,
  about text not null,
  body text not null,
  staff text not null,
  name text not null,
  created bigint not null,
  replaced_by text,
  closed bigint,
  closed_by text,
  primary key (app, account, id)
);
