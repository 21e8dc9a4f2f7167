create table slots.poll (
    id          uuid        primary key,
    code        text        not null unique,
    creator_id  uuid        not null references identity.users,
    title       text        not null,
    description text,
    location    text,
    created_at  timestamptz not null,
    event_id    uuid
);
comment on table slots.poll is
    'A question after a time that suits several. Goes with who asked; the event that came of it stays. erase: delete';
comment on column slots.poll.code is 'Whoever knows it may look and answer; 96 random bits.';
comment on column slots.poll.event_id is 'What came of it, an event of events; null while it is open.';
create index poll_page on slots.poll (creator_id, id);

create table slots.poll_option (
    id         uuid        primary key,
    poll_id    uuid        not null references slots.poll on delete cascade,
    start_time timestamptz not null,
    end_time   timestamptz not null check (end_time > start_time),
    unique (poll_id, start_time, end_time)
);
comment on table slots.poll_option is 'The times that a poll proposes. Go with it. erase: none';

create table slots.vote (
    option_id uuid        not null references slots.poll_option on delete cascade,
    user_id   uuid        not null references identity.users,
    poll_id   uuid        not null references slots.poll on delete cascade,
    answer    text        not null check (answer in ('YES', 'MAYBE', 'NO')),
    voted_at  timestamptz not null,
    primary key (option_id, user_id)
);
comment on table slots.vote is 'Who can come when, by his own word. erase: delete';
create index vote_poll on slots.vote (poll_id, user_id);
create index vote_user on slots.vote (user_id, voted_at);
