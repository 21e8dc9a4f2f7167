create table chat.reaction (
    room_id    uuid   not null,
    message_id uuid   not null,
    emoji      text   not null,
    user_id    uuid   not null,
    seq        bigint not null,
    primary key (room_id, message_id, emoji, user_id)
);
comment on table chat.reaction is 'Who reacted to a message, and how: chat.message.reactions counts these rows and names the first ones. The message store''s own: no foreign keys. erase: delete';
comment on column chat.reaction.seq is 'The change of the room''s log by which it came.';
create unique index reaction_seq on chat.reaction (room_id, message_id, seq);
create index reaction_user on chat.reaction (user_id);
