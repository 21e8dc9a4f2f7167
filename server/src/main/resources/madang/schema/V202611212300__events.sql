create schema events;
comment on schema events is 'Appointments: what was agreed with whom, and how it came to be so.';

create table events.event (
    id                uuid        primary key,
    creator_id        uuid        not null references identity.users,
    title             text        not null,
    description       text,
    location          text,
    start_time        timestamptz not null,
    end_time          timestamptz not null check (end_time >= start_time),
    status            text        not null check (status in ('PROPOSED', 'CONFIRMED', 'CANCELED', 'DONE')),
    version           bigint      not null,
    room_id           uuid        not null,
    participant_count int         not null default 0,
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    deleted_at        timestamptz
);
comment on table events.event is
    'An appointment. Whoever made it is gone: its words go with him, that it took place stays for the others. erase: empty';
comment on column events.event.version is 'Grows with every change of what is agreed; its ETag.';
comment on column events.event.room_id is 'Where its people talk: a channel of chat.';
comment on column events.event.participant_count is 'Without its creator; kept under the row''s lock, because counting a large event on every list is dear.';
comment on column events.event.deleted_at is 'Hidden from lists; its people may still look at it.';
create index event_creator on events.event (creator_id, id);
create index event_newest on events.event (id, status);
create index event_over on events.event (end_time) where status = 'CONFIRMED';

create table events.participant (
    event_id      uuid        not null references events.event,
    user_id       uuid        not null references identity.users,
    standing      text        not null check (standing in ('CREATOR', 'PENDING', 'ACCEPTED', 'DECLINED')),
    invited_by    uuid        references identity.users,
    invite_method text        check (invite_method in ('CREATOR', 'FRIEND', 'LINK', 'QR')),
    invited_at    timestamptz not null,
    responded_at  timestamptz,
    start_time    timestamptz not null,
    event_status  text        not null,
    is_hidden     boolean     not null default false,
    primary key (event_id, user_id),
    check ((standing = 'CREATOR') = (invite_method is null))
);
comment on table events.participant is
    'Who belongs to an event and what he answered; its creator too, so that everybody''s list is one range of an index. erase: delete';
comment on column events.participant.start_time is 'Its event''s, copied for the index; so are event_status and is_hidden.';
create index participant_page on events.participant (user_id, start_time, event_id)
    where standing <> 'DECLINED' and not is_hidden;
create index participant_page_of_status on events.participant (user_id, event_status, start_time, event_id)
    where standing <> 'DECLINED' and not is_hidden;
create index participant_user on events.participant (user_id);
create index participant_invited_by on events.participant (invited_by);
create index participant_in_turn on events.participant (event_id, invited_at, user_id);

create table events.change (
    id         uuid        primary key,
    event_id   uuid        not null references events.event,
    actor_id   uuid        references identity.users,
    kind       text        not null,
    field      text,
    subject_id uuid        references identity.users,
    old_value  text,
    new_value  text,
    changed_at timestamptz not null
);
comment on table events.change is
    'Everything that ever happened to an event, one row a field; nothing here is changed or deleted, but for the words of who is gone. erase: empty';
comment on column events.change.actor_id is 'Null: the house, which ends what is over.';
comment on column events.change.subject_id is 'Of whom it tells, where it tells of a participant.';
create index change_page on events.change (event_id, id);
create index change_actor on events.change (actor_id);
create index change_subject on events.change (subject_id);
