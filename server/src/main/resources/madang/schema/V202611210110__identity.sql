create schema identity;
comment on schema identity is 'Who is who: accounts, sessions, tickets for sockets.';

create table identity.users (
    id                uuid        primary key,
    username          text,
    username_key      text        constraint users_username_taken unique,
    email             text,
    email_key         text        constraint users_email_taken unique,
    is_email_verified boolean     not null default false,
    phone             text        constraint users_phone_taken unique,
    is_phone_verified boolean     not null default false,
    password_hash     text,
    nickname          text        not null,
    profile_image_url text,
    status_message    text,
    role              text        not null check (role in ('USER', 'BUSINESS', 'EXPERT', 'ADMIN', 'SUPER_ADMIN')),
    language          text        not null check (language in ('ko', 'en')),
    time_zone         text        not null,
    region            text,
    interests         text[]      not null default '{}',
    created_at        timestamptz not null,
    last_login_at     timestamptz
);
comment on table identity.users is
    'People with an account. The plural, because user is a word of SQL. Each kind of name has a key by which it is unique and found: composed (NFC) and caseless, so that it depends on no collation; a phone is its own key. Rows are emptied and never deleted, because what others wrote refers to them. erase: empty';

-- One row a session, not one a token: rotating is one update of one row (docs/decisions/refresh-tokens.md).
create table identity.session (
    id             uuid        primary key,
    user_id        uuid        not null references identity.users,
    generation     int         not null,
    token_hash     bytea       not null,
    created_at     timestamptz not null,
    rotated_at     timestamptz not null,
    idle_until     timestamptz not null,
    absolute_until timestamptz not null,
    ended_at       timestamptz,
    check (idle_until <= absolute_until)
);
comment on table identity.session is
    'Sign-ins, each with the generation and the hash of its one living refresh token. Ended ones stay for some days, so that nodes that start know whose access tokens to refuse. erase: delete';
create index session_of_user on identity.session (user_id);
create index session_idle on identity.session (idle_until) where ended_at is null;
create index session_ended on identity.session (ended_at) where ended_at is not null;

create table identity.socket_ticket (
    hash       bytea       primary key,
    session_id uuid        not null references identity.session,
    expires_at timestamptz not null
);
comment on table identity.socket_ticket is
    'Tickets that open one socket each. The row is the one use: whoever deletes it comes in. erase: delete';
create index socket_ticket_session on identity.socket_ticket (session_id);
create index socket_ticket_expires on identity.socket_ticket (expires_at);
