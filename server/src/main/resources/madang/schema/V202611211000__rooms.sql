alter table chat.room
    drop constraint room_type_check,
    add constraint room_type_check check (type in ('PUBLIC', 'PRIVATE', 'DIRECT')),
    add column password_hash     text,
    add column max_members       int not null default 0 check (max_members between 0 and 1000),
    add column slow_mode_seconds int not null default 0 check (slow_mode_seconds between 0 and 21600),
    add column low_user          uuid references identity.users,
    add column high_user         uuid references identity.users,
    add column channel           text,
    add column erased_at         timestamptz,
    add constraint room_direct_has_a_pair
        check ((type = 'DIRECT') = (low_user is not null and high_user is not null)),
    add constraint room_one_direct_a_pair unique (low_user, high_user);
comment on column chat.room.password_hash is 'bcrypt; null: none is asked for.';
comment on column chat.room.max_members is '0: no bound.';
comment on column chat.room.slow_mode_seconds is 'How long a plain member waits between two messages; 0: not at all.';
comment on column chat.room.low_user is 'The two who talk in a direct room, the smaller id first, so that a pair has one room however it came about; both the same: somebody''s notes.';
comment on column chat.room.channel is 'A neighbour''s name for a room that belongs to a thing of his (a game, an event). Who is in it is his word alone.';
comment on column chat.room.erased_at is 'When everything said in a deleted room was gone.';
create index room_high_user on chat.room (high_user);
create unique index room_one_a_channel on chat.room (channel) where channel is not null and deleted_at is null;
create index room_to_erase on chat.room (deleted_at) where deleted_at is not null and erased_at is null;

alter table chat.member
    add column muted_until timestamptz,
    add column spoke_at    timestamptz;
comment on column chat.member.muted_until is 'Until then he may not speak.';
comment on column chat.member.spoke_at is 'When he last spoke in slow mode; kept there alone, so that sending costs nothing elsewhere.';
create unique index member_one_owner on chat.member (room_id) where role = 'OWNER';

create table chat.ban (
    room_id    uuid        not null references chat.room,
    user_id    uuid        not null references identity.users,
    banned_by  uuid        not null references identity.users,
    reason     text,
    created_at timestamptz not null,
    primary key (room_id, user_id)
);
comment on table chat.ban is 'Who may not come in, by whose word and why. A table of its own, because who is banned is no member. erase: delete';
create index ban_newest on chat.ban (room_id, created_at desc, user_id);
create index ban_user on chat.ban (user_id);
create index ban_by on chat.ban (banned_by);
