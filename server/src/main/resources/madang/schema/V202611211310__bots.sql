alter table identity.users add column is_bot boolean not null default false;
comment on column identity.users.is_bot is 'A program and no person: it has no name to sign in with and no password.';

create table identity.bot (
    user_id       uuid        primary key references identity.users,
    owner_id      uuid        not null references identity.users,
    token_hash    bytea       constraint bot_token unique,
    session_id    uuid,
    token_made_at timestamptz not null,
    last_used_at  timestamptz,
    created_at    timestamptz not null,
    ended_at      timestamptz,
    check ((ended_at is null) = (token_hash is not null))
);
comment on table identity.bot is
    'Bots that people run, each with the hash of its one token. An ended one keeps its row, as its words keep their author. Ends with its owner. erase: empty';
comment on column identity.bot.session_id is
    'The session that the token stands for: it ends the token as any session ends. Of an older one the row may be gone.';
comment on column identity.bot.last_used_at is 'To the minute.';
create index bot_of_owner on identity.bot (owner_id);
