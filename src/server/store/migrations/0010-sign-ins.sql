-- How often something was tried in the window that began last: one row and one statement count over all processes. Of
-- whom it is only the SHA-256 is kept. Belongs to no account; forgotten once its window is over.
create table throttles (
  bucket text primary key,
  starts bigint not null,
  seconds bigint not null,
  used integer not null
);
create index throttles_by_end on throttles ((starts + seconds));

-- Somebody who says that an address is theirs, before anybody knows who they are: keyed by the SHA-256 of the secret
-- that their browser holds. The code of their letter is kept nowhere.
create table sign_ins (
  hash text primary key,
  id text not null,
  email text not null,
  -- The account that the refused request belongs to, or only the app, where they came by one.
  app text,
  account text,
  tries integer not null default 0,
  created bigint not null,
  expires bigint not null,
  -- When it was seen whether the address is known, and a letter written if it is.
  answered bigint,
  -- When the code was right.
  proven bigint
);
create unique index sign_ins_by_id on sign_ins (id);
create index sign_ins_to_answer on sign_ins (created) where answered is null;
create index sign_ins_by_end on sign_ins (expires);

create index members_by_email on members (lower(email));
