create table events.reminder_wish (
    user_id    uuid    primary key references identity.users,
    three_days boolean not null,
    one_day    boolean not null,
    by_mail    boolean not null
);
comment on table events.reminder_wish is
    'Who wishes to be reminded otherwise than everybody is: three days and one day ahead, on his open sockets, without mail. erase: delete';

create table events.reminder_position (
    days_before int         primary key,
    start_time  timestamptz not null,
    event_id    uuid        not null
);
comment on table events.reminder_position is
    'How far the house has come in reminding of events, in the order in which they begin: what begins later is still to be told, nothing is told twice. erase: none';

create index event_to_come on events.event (start_time, id)
    where status in ('PROPOSED', 'CONFIRMED') and deleted_at is null;
