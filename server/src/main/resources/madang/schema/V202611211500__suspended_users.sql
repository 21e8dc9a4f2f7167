-- Who is suspended cannot sign in; his sessions were ended when it began.
alter table identity.users add column suspended_at timestamptz;
