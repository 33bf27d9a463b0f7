-- What was refused in a time, over all accounts.
create index checks_refused_by_time on checks (created) where refused;
create index attempts_by_time on attempts (updated);
