-- A letter: written down with what it is about, sent afterwards. No link is kept in it, so nothing here opens anything.
create table mails (
  app text not null,
  account text not null,
  id text not null,
  recipient text not null,
  letter jsonb not null,
  -- What its link opens: `ask` or `guest`, and which.
  purpose text not null,
  subject_id text not null,
  state text not null default 'queued',
  tries integer not null default 0,
  due bigint not null,
  error text,
  created bigint not null,
  updated bigint not null,
  primary key (app, account, id)
);
create index mails_to_do on mails (due) where state = 'queued';

-- One member asks another for the fix. Of the link's secret only the SHA-256 is kept.
create table asks (
  app text not null,
  account text not null,
  id text not null,
  check_id text,
  asker text not null,
  asked text not null,
  token_hash text not null,
  mail text not null,
  created bigint not null,
  expires bigint not null,
  opened bigint,
  lifted bigint,
  primary key (app, account, id)
);
create index asks_by_token on asks (token_hash);
create index asks_by_asker on asks (app, account, asker, created);

-- One payment for somebody without a login.
create table guest_links (
  app text not null,
  account text not null,
  id text not null,
  token_hash text not null,
  maker text not null,
  fix text not null,
  -- The invoices and their sum as they were shown to the maker.
  debt jsonb not null,
  email text,
  note text,
  keeps_card boolean not null,
  created bigint not null,
  expires bigint not null,
  opened bigint,
  used bigint,
  revoked bigint,
  primary key (app, account, id)
);
create index guest_links_by_token on guest_links (token_hash);

-- A guest's session, set-ups and attempts are bound to their link, and never mixed with a member's.
alter table sessions add column guest_link text;
alter table setups add column guest_link text;
-- When a card that a guest typed was taken off the customer again.
alter table setups add column forgotten bigint;
create index setups_to_forget on setups (app, account, guest_link) where guest_link is not null and forgotten is null;
alter table attempts add column guest_link text;
