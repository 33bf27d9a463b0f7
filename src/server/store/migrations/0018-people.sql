-- What the app last said of a person's role; null for whoever was invited here. While the app repeats itself, what the
-- owners decided here stands.
alter table members add column told_role text;
update members set told_role = role;
-- Since when an invited person is expected, and who invited them; null once they came.
alter table members add column invited bigint;
alter table members add column invited_by text;

-- Whom an owner has removed although the app still names them, and the role that it named.
create table removed_members (
  app text not null,
  account text not null,
  member text not null,
  told_role text not null,
  removed bigint not null,
  primary key (app, account, member)
);

-- Who else gets our letters about an account's billing. Stripe knows one address for each customer.
create table billing_recipients (
  app text not null,
  account text not null,
  email text not null,
  added bigint not null,
  primary key (app, account, email)
);
