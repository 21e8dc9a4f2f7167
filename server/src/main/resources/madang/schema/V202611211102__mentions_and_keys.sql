create table chat.mention (
    user_id uuid        not null,
    room_id uuid        not null,
    seq     bigint      not null,
    at      timestamptz not null,
    primary key (user_id, room_id, seq)
);
comment on table chat.mention is 'Who is mentioned in which message, to find one''s mentions and count the unread ones. The message store''s own: no foreign keys. erase: delete';
comment on column chat.mention.at is 'When the message was said.';
create index mention_at on chat.mention (user_id, at, room_id);
create index mention_message on chat.mention (room_id, seq);

create table chat.public_key (
    user_id    uuid        primary key references identity.users,
    jwk        text        not null,
    changed_at timestamptz not null
);
comment on table chat.public_key is 'The key with which others encrypt for a user; the private one never leaves his device. erase: delete';
comment on column chat.public_key.jwk is 'A JSON Web Key (RFC 7517) as its owner sent it, without private members.';
