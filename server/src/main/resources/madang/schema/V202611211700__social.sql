create schema social;
comment on schema social is 'Signing in with accounts of Kakao, Google, Naver: what is linked with whom, and what is on its way.';

create table social.attempt (
    state_hash   bytea       primary key,
    provider     text        not null check (provider in ('KAKAO', 'GOOGLE', 'NAVER')),
    browser_hash bytea       not null,
    is_program   boolean     not null,
    redirect_uri text        not null,
    goes_to      text        not null,
    linker_id    uuid        references identity.users,
    session_id   uuid,
    expires_at   timestamptz not null
);
comment on table social.attempt is
    'Browsers that were sent to a provider and are not back yet: 10 minutes, once. Only hashes of the state and of the browser''s cookie; nonce and PKCE verifier are derived from the state. erase: delete';
comment on column social.attempt.is_program is 'Begun by a program that keeps no cookies; a page of a browser still has to show its own.';
comment on column social.attempt.linker_id is 'Who wants this account added to his own, in the session that he asked from.';
create index attempt_expires on social.attempt (expires_at);
create index attempt_linker on social.attempt (linker_id);

create table social.link (
    id                 uuid        primary key,
    user_id            uuid        not null references identity.users,
    provider           text        not null check (provider in ('KAKAO', 'GOOGLE', 'NAVER')),
    issuer             text        not null,
    subject            text        not null,
    nickname           text,
    email              text,
    is_email_verified  boolean     not null,
    scopes             text[]      not null,
    access_token       text,
    access_token_until timestamptz,
    refresh_token      text,
    linked_at          timestamptz not null,
    last_used_at       timestamptz not null,
    constraint link_of_person unique (issuer, subject),
    constraint link_of_user unique (user_id, provider)
);
comment on table social.link is
    'Accounts at providers by which users come in, each known by issuer and subject and nothing else. Name and e-mail are as the provider told them last. erase: delete';
comment on column social.link.access_token is 'Sealed, as the refresh token is.';

create table social.goodbye (
    id                 uuid        primary key,
    user_id            uuid        not null references identity.users,
    provider           text        not null,
    issuer             text        not null,
    subject            text        not null,
    access_token       text,
    access_token_until timestamptz,
    refresh_token      text,
    tries              int         not null,
    next_try_at        timestamptz not null
);
comment on table social.goodbye is
    'Links that are over here and not yet at the provider, who may be away for hours. The id is that of the link, for which the tokens are sealed. erase: delete';
create index goodbye_next on social.goodbye (next_try_at);
create index goodbye_user on social.goodbye (user_id);

create table social.heard_event (
    issuer   text        not null,
    event_id text        not null,
    heard_at timestamptz not null,
    primary key (issuer, event_id)
);
comment on table social.heard_event is
    'Ids of security events that providers told us, so that none is heard twice. Kept longer than an event is believed. erase: none';
create index heard_event_at on social.heard_event (heard_at);
