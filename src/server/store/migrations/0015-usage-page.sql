-- What was used on a day (UTC, counted from 1970-01-01) by each member, as far as the app says whose doing it was.
create table usage_member_days (
  app text not null,
  account text not null,
  meter text not null,
  day integer not null,
  member text not null,
  quantity numeric not null,
  primary key (app, account, meter, day, member)
);
insert into usage_member_days (app, account, meter, day, member, quantity)
select app, account, meter, (at / 86400)::integer, member, sum(quantity) from usage_events
where member is not null group by 1, 2, 3, 4, 5;

-- What a customer wants to be written to about: `percent` of what is included or `units` of a meter, or credits `below`.
create table usage_alerts (
  app text not null,
  account text not null,
  -- '' for credits.
  meter text not null,
  kind text not null,
  value double precision not null,
  -- The last period (its beginning) in which it was reached; of credits the instant of the last purchase before.
  told bigint,
  updated bigint not null,
  primary key (app, account, meter, kind, value)
);

-- Members who want no letters about usage.
create table usage_letter_stops (
  app text not null,
  account text not null,
  member text not null,
  since bigint not null,
  primary key (app, account, member)
);
