-- The Stripe customer that the portal made for an account whose app named none. What the app names comes first.
alter table accounts add column made_customer text;
create index accounts_by_made_customer on accounts (made_customer) where made_customer is not null;
