-- The cards that a customer has on file, as far as they came past us: in Stripe's events about payment methods, and on the page
-- of payment methods. Only for support to find an account by one (`card:4242:12:2034`); nothing is charged by it.
create table saved_cards (
  app text not null,
  account text not null,
  -- Stripe's `pm_…`.
  method text not null,
  -- Null once it was taken off: that it is gone is kept, so that older news do not bring it back, and its face is not.
  mark text,
  at bigint not null,
  primary key (app, account, method)
);
create index saved_cards_by_mark on saved_cards (mark) where mark is not null;
