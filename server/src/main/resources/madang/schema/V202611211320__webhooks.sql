create schema webhooks;
comment on schema webhooks is 'Doors through which other systems say something in a room of chat.';

create table webhooks.webhook (
    id         uuid        primary key,
    room_id    uuid        not null,
    voice_id   uuid        not null references identity.users,
    token_hash bytea       not null constraint webhook_token unique,
    created_by uuid        not null references identity.users,
    created_at timestamptz not null
);
comment on table webhooks.webhook is
    'Webhooks, each with the hash of its one token. They belong to their room and not to who made them, and go with it. erase: none';
comment on column webhooks.webhook.voice_id is 'The bot through which it speaks.';
create index webhook_room on webhooks.webhook (room_id);
create index webhook_voice on webhooks.webhook (voice_id);
create index webhook_created_by on webhooks.webhook (created_by);
