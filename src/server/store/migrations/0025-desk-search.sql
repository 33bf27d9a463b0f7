-- By what of Stripe's an account can be found although Stripe is silent, and by what Stripe itself has no search for: ids and
-- numbers of its subscriptions and open invoices, and the faces of its cards (`card:4242:12:2034`). Written with each reading;
-- one that changes none of them leaves the index alone.
alter table snapshots add column marks jsonb not null default '[]';
create index snapshots_by_mark on snapshots using gin (marks);
create index billing_recipients_by_email on billing_recipients (lower(email));
create index app_events_by_id on app_events (id);
