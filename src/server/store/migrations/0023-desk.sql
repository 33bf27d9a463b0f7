-- Somebody of the merchant's support, signed in by the identity provider. Only the SHA-256 of the session's token is kept.
-- Belongs to no account.
create table staff_sessions (
  hash text primary key,
  id text not null,
  -- `sub` of the identity provider: the name under which everything is written down.
  staff text not null,
  name text not null,
  role text not null,
  created bigint not null,
  seen bigint not null,
  -- The ID token, to end the session at the provider too (OpenID Connect RP-Initiated Logout 1.0 §2).
  id_token text not null
);
create index staff_sessions_to_forget on staff_sessions (created);

-- A sign-in on its way to the identity provider and back: keyed by the SHA-256 of the secret its browser holds, used once.
create table staff_sign_ins (
  hash text primary key,
  state text not null,
  nonce text not null,
  verifier text not null,
  wanted text not null,
  created bigint not null
);

-- What staff looked at and did, one row each, written before they see anything. `app` and `account` are empty where it was
-- about no account. Rows are chained by their hashes and never change.
create table staff_audit (
  day integer not null,
  seq bigint not null,
  app text not null,
  account text not null,
  id text not null,
  at bigint not null,
  staff text not null,
  name text not null,
  role text not null,
  session text not null,
  deed text not null,
  -- What in the account it was about: a field, an event, what was searched for.
  subject text,
  reason text,
  detail jsonb,
  request_id text not null,
  ip text not null,
  previous text not null,
  hash text not null,
  primary key (day, seq)
);
create unique index staff_audit_by_id on staff_audit (id);
create index staff_audit_by_account on staff_audit (app, account, at);
create index staff_audit_by_staff on staff_audit (staff, at);

-- The last row: locked while the next one is written, so that the chain has no forks.
create table staff_audit_head (
  one boolean primary key default true check (one),
  day integer not null,
  seq bigint not null,
  hash text not null
);
insert into staff_audit_head (day, seq, hash) values (0, 0, '');

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'staff_audit is append-only';
end $$;
create trigger staff_audit_stays before update or delete on staff_audit for each row execute function refuse_change();
create trigger staff_audit_stays_whole before truncate on staff_audit for each statement execute function refuse_change();

-- What the customer may read of it comes from the audit itself.
drop table staff_looks;
