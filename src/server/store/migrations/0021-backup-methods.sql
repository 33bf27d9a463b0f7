-- What is charged when an automatic charge is declined, since when and by whose word. `due`: when a failed charge is to be
-- looked at; null while there is none.
create table backup_methods (
  app text not null,
  account text not null,
  method text not null,
  member text not null,
  given bigint not null,
  due bigint,
  primary key (app, account)
);
create index backup_methods_due on backup_methods (due) where due is not null;

-- An invoice for which the backup was charged: once, whatever came of it. Faces are kept, since methods go.
create table backup_charges (
  app text not null,
  account text not null,
  invoice text not null,
  number text,
  amount bigint not null,
  currency text not null,
  failed jsonb not null,
  backup jsonb not null,
  given bigint not null,
  attempt text not null,
  state text not null,
  due bigint,
  created bigint not null,
  updated bigint not null,
  primary key (app, account, invoice)
);
create index backup_charges_due on backup_charges (due) where due is not null;
