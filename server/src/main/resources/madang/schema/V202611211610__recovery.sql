create schema recovery;
comment on schema recovery is 'Proofs by mail and short message: links, codes, and the letters that carry them.';

-- A letter stands here without its words: they are written when it leaves, and with them the token in its link, of which
-- only a hash is kept. So nothing in this table opens anything.
create table recovery.letter (
    id         uuid        primary key,
    kind       text        not null,
    channel    text        not null check (channel in ('MAIL', 'SMS')),
    recipient  text        not null,
    user_id    uuid        references identity.users,
    code_id    uuid,
    args       text[]      not null default '{}',
    language   text        not null check (language in ('ko', 'en')),
    created_at timestamptz not null,
    good_until timestamptz not null,
    due_at     timestamptz not null,
    tries      int         not null default 0
);
comment on table recovery.letter is
    'Mails and short messages that wait to leave. Whoever claims one moves its due time ahead, so that another node takes it up if he dies; the row goes when it was sent, refused for good, or came too late. erase: delete';
comment on column recovery.letter.args is 'What its words need to know: a device, a network, a time.';
create index letter_due on recovery.letter (channel, due_at);
create index letter_of_user on recovery.letter (user_id);

create table recovery.link (
    token_hash bytea       primary key,
    kind       text        not null,
    user_id    uuid        references identity.users,
    email      text        not null,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
comment on table recovery.link is
    'Links that were mailed, each by the hash of its token. The row is the one use. erase: delete';
comment on column recovery.link.user_id is 'Null where the link signs in whoever owns the address then.';
create index link_of_user on recovery.link (user_id);
create index link_expires on recovery.link (expires_at);

create table recovery.phone_code (
    id          uuid        primary key,
    phone       text        not null,
    user_id     uuid        references identity.users,
    sealed_code text        not null,
    tries       int         not null default 0,
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    used_at     timestamptz
);
comment on table recovery.phone_code is
    'Codes that were sent to phones. A used one stays for a day, because the day''s number of them is bounded. erase: delete';
comment on column recovery.phone_code.user_id is 'Who wants to have this number; null where somebody wants to sign in by it.';
comment on column recovery.phone_code.sealed_code is 'Sealed by the vault: of six digits a hash hides nothing.';
create index phone_code_of_phone on recovery.phone_code (phone, created_at);
create index phone_code_created on recovery.phone_code (created_at);
create index phone_code_of_user on recovery.phone_code (user_id);
