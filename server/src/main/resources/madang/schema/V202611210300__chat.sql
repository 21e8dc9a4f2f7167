create schema chat;
comment on schema chat is 'Rooms, who is in them, and what was said there.';

create table chat.room (
    id           uuid        primary key,
    name         text        not null,
    name_key     text        not null,
    description  text        not null,
    type         text        not null check (type in ('PUBLIC', 'PRIVATE')),
    is_default   boolean     not null default false,
    created_by   uuid        references identity.users,
    member_count int         not null default 0,
    created_at   timestamptz not null,
    deleted_at   timestamptz
);
comment on table chat.room is 'A room. A deleted one keeps its row, so that its id never means another room. erase: none';
comment on column chat.room.name_key is 'The name as it is compared: NFC, lower case.';
comment on column chat.room.created_by is 'Null: made by the house (general).';
comment on column chat.room.member_count is 'Kept by join and leave under the room''s row lock, because counting a large room on every list is dear.';
create unique index room_name_taken on chat.room (name_key) where type = 'PUBLIC' and deleted_at is null;
create unique index room_one_default on chat.room (is_default) where is_default;
create index room_created_by on chat.room (created_by);

create table chat.member (
    room_id   uuid        not null references chat.room,
    user_id   uuid        not null references identity.users,
    role      text        not null check (role in ('OWNER', 'MODERATOR', 'MEMBER')),
    read_seq  bigint      not null,
    joined_at timestamptz not null,
    primary key (room_id, user_id)
) with (fillfactor = 80);
comment on table chat.member is 'Who is in a room, what they may do there, and how far they have read. erase: delete';
comment on column chat.member.read_seq is 'Everything up to here is read; moves forward only.';
create index member_user on chat.member (user_id, room_id);

create table chat.room_log (
    room_id    uuid        primary key,
    last_seq   bigint      not null default 0,
    last_at    timestamptz not null default '-infinity'
) with (fillfactor = 50);
comment on table chat.room_log is 'Where a room''s log ends: the message store''s own row, locked by whoever appends. Apart from chat.room, so that the store can move to another database. erase: none';

create table chat.message (
    room_id     uuid        not null,
    seq         bigint      not null,
    changed_seq bigint      not null,
    id          uuid        not null,
    kind        text        not null check (kind in ('TEXT', 'NOTICE', 'FILE', 'IMAGE', 'SYSTEM')),
    author_id   uuid,
    text        text,
    reply_to    uuid,
    notice      text,
    client_key  text        not null,
    created_at  timestamptz not null,
    edited_at   timestamptz,
    deleted_at  timestamptz,
    primary key (room_id, seq),
    constraint message_said_once unique nulls not distinct (room_id, author_id, client_key)
);
comment on table chat.message is 'What was said, in the room''s own order. The message store''s own table: no foreign keys, so that it can move to another database. erase: empty';
comment on column chat.message.seq is 'The place of its birth in the room''s log.';
comment on column chat.message.changed_seq is 'The place of its last change; births and changes together are 1…last_seq without a gap.';
comment on column chat.message.notice is 'JSON {code, args} of a notice; the reader''s client puts it into words.';
comment on column chat.message.client_key is 'The sender''s name for it: a second try with the same key is the same message.';
create unique index message_id on chat.message (room_id, id);
create unique index message_changed on chat.message (room_id, changed_seq);
create index message_author on chat.message (author_id) where author_id is not null;
