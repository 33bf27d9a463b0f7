-- Roles follow the account: when it is put again, its sessions are looked up.
create index sessions_by_account on sessions (app, account);
