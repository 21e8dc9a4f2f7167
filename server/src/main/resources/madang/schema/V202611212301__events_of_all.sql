-- Administrators read all events, the newest first, in one status or in any (the primary key).
drop index events.event_newest;
create index event_of_status on events.event (status, id);
