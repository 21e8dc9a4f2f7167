create schema slots;
comment on schema slots is 'Time that is offered and booked, and polls by which several find one.';

create table slots.slot (
    id             uuid        primary key,
    host_id        uuid        not null references identity.users,
    series_id      uuid,
    title          text        not null,
    description    text,
    category       text        not null check (category in ('EXERCISE', 'EDUCATION', 'COUNSELLING', 'HOBBY', 'BEAUTY', 'BUSINESS', 'OTHER')),
    region         text,
    location       text,
    tags           text[]      not null default '{}',
    price          int         not null check (price >= 0),
    capacity       int         not null check (capacity between 1 and 100),
    buffer_minutes int         not null check (buffer_minutes between 0 and 1440),
    notice_minutes int         not null check (notice_minutes >= 0),
    start_time     timestamptz not null,
    end_time       timestamptz not null check (end_time > start_time and end_time <= start_time + interval '1 day'),
    event_id       uuid        unique,
    created_at     timestamptz not null,
    closed_at      timestamptz
);
comment on table slots.slot is
    'Time that a business offers. Goes with its host; what was agreed stays as the event. erase: delete';
comment on column slots.slot.series_id is 'Those that were published together by the hours of a week.';
comment on column slots.slot.event_id is 'What those who booked have with the host: an event of events. Null while nobody has.';
create index slot_page on slots.slot (start_time, id) where closed_at is null;
create index slot_of_region on slots.slot (region, start_time, id) where closed_at is null;
create index slot_of_category on slots.slot (category, start_time, id) where closed_at is null;
create index slot_of_host on slots.slot (host_id, start_time, id);
create index slot_series on slots.slot (series_id) where series_id is not null;

create table slots.booking (
    slot_id    uuid        not null references slots.slot,
    user_id    uuid        not null references identity.users,
    state      text        not null check (state in ('HELD', 'BOOKED', 'CANCELED')),
    held_until timestamptz,
    changed_at timestamptz not null,
    primary key (slot_id, user_id),
    check ((state = 'HELD') = (held_until is not null))
);
comment on table slots.booking is
    'Who has a place in a slot, or had one: one row a person. A hold ends by itself when its time is over. erase: delete';
create index booking_live on slots.booking (slot_id) where state <> 'CANCELED';
create index booking_user on slots.booking (user_id, changed_at);
create index booking_held on slots.booking (held_until) where state = 'HELD';
