-- Which card an attempt charged, and for which refusal: a card that cannot work is not charged a second time for it.
alter table attempts add column check_id text;
alter table attempts add column method text;
create index attempts_by_check on attempts (app, account, check_id, updated);
