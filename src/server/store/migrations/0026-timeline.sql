-- Where the account's people have been in the portal: how they came in, and each screen once for as long as they stayed.
-- Written by the server from what it was asked for; nothing is counted in the browser. Ninety days.
create table visits (
  app text not null,
  account text not null,
  id text not null,
  at bigint not null,
  -- A member's id, or a guest link's.
  member text not null,
  role text not null,
  session text not null,
  -- Of an arrival: as in `sessions`.
  how text,
  -- Of everything else: a path of the portal, without anything that was typed.
  screen text,
  check_id text,
  primary key (app, account, id)
);
create index visits_newest on visits (app, account, at, id);
create index visits_to_forget on visits using brin (at);
-- On which screen a session was last, so that one that looks again and again is written down once.
alter table sessions add column screen text;

-- Of an event of Stripe's, what may be shown of the object it is about: ids, status, sums, a card's last digits. What the
-- bank said stands apart, because customers are not told it.
alter table stripe_events add column happened bigint;
alter table stripe_events add column kind text;
alter table stripe_events add column about jsonb;
alter table stripe_events add column said jsonb;
create index stripe_events_by_customer on stripe_events (customer) where about is not null;
create index stripe_events_to_forget on stripe_events using brin (received);

-- The same for each account whose customer it is about.
create table stripe_news (
  app text not null,
  account text not null,
  id text not null,
  -- payment, invoice, subscription, other
  kind text not null,
  type text not null,
  at bigint not null,
  received bigint not null,
  about jsonb not null,
  said jsonb,
  primary key (app, account, id)
);
create index stripe_news_newest on stripe_news (app, account, kind, at, id);
create index stripe_news_received on stripe_news (app, account, received);
create index stripe_news_to_forget on stripe_news using brin (received);

-- Who tried, with which card (brand, last digits, when it expires), and what the bank said.
alter table attempts add column member text;
alter table attempts add column card jsonb;
alter table attempts add column said jsonb;
create index attempts_newest on attempts (app, account, created, key);

-- The one there was, with what tells apart those of one second.
drop index if exists checks_newest;
create index checks_newest on checks (app, account, created, id);
create index checks_to_forget on checks using brin (created);
create index checks_resolved on checks (app, account, resolved, id) where resolved is not null;
create index checks_cancelled on checks (app, account, cancelled, id) where cancelled is not null;
create index checks_returned on checks (app, account, returned, id) where returned is not null;

create index mails_newest on mails (app, account, created, id);
create index app_events_by_account on app_events (app, account, created, id);
create index usage_thresholds_told on usage_thresholds (app, account, told);
create index credit_entries_booked on credit_entries (app, account, booked) where kind <> 'usage';
create index asks_newest on asks (app, account, created, id);
create index asks_opened on asks (app, account, opened, id) where opened is not null;
create index asks_lifted on asks (app, account, lifted, id) where lifted is not null;
create index guest_links_newest on guest_links (app, account, created, id);
create index guest_links_opened on guest_links (app, account, opened, id) where opened is not null;
create index guest_links_used on guest_links (app, account, used, id) where used is not null;
create index guest_links_revoked on guest_links (app, account, revoked, id) where revoked is not null;
-- That somebody opened the timeline is in the audit, not in the timeline.
create index staff_audit_shown on staff_audit (app, account, at, id) where deed <> 'read-timeline';
