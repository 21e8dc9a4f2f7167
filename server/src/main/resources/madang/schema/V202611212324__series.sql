create table events.series (
    id             uuid        primary key,
    creator_id     uuid        not null references identity.users,
    rule           text        not null,
    time_zone      text        not null,
    first_start    timestamptz not null,
    first_end      timestamptz not null check (first_end >= first_start),
    title          text        not null,
    description    text,
    location       text,
    is_confirmed   boolean     not null,
    created_at     timestamptz not null,
    due_at         timestamptz
);
comment on table events.series is
    'Appointments that come again: the rule, and what each of them is like as long as nobody changes it alone. Goes with who made them; his events stay without it. erase: delete';
comment on column events.series.rule is 'RFC 5545, its end on the clocks of time_zone.';
comment on column events.series.due_at is 'When the next events are to be made; null when the rule is over.';
create index series_creator on events.series (creator_id);
create index series_due on events.series (due_at) where due_at is not null;

alter table events.event add column series_id uuid references events.series;
alter table events.event add column series_start timestamptz;
alter table events.event add check ((series_id is null) = (series_start is null));
comment on column events.event.series_start is 'When the series has it begin; that it begins at another time is how one knows that it was moved alone.';
create unique index event_series on events.event (series_id, series_start);
