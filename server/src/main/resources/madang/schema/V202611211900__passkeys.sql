create schema passkeys;
comment on schema passkeys is 'Passkeys: keys in people''s devices that sign in without a password (WebAuthn).';

create table passkeys.passkey (
    id                 uuid        primary key,
    user_id            uuid        not null references identity.users,
    credential_id      bytea       not null constraint passkey_credential unique,
    attested           bytea       not null,
    sign_count         bigint      not null check (sign_count >= 0),
    is_backup_eligible boolean     not null,
    is_backed_up       boolean     not null,
    transports         text[]      not null,
    name               text,
    created_at         timestamptz not null,
    last_used_at       timestamptz
);
comment on table passkeys.passkey is
    'The public halves of passkeys. erase: delete';
comment on column passkeys.passkey.attested is
    'What the authenticator told of the key at its birth (WebAuthn §6.5.1): its own model, the id of the credential, the public key as COSE writes it.';
comment on column passkeys.passkey.sign_count is
    'How often it has signed, as it says itself; 0 for ever where it does not count. Going back means that there are two of it.';
create index passkey_user on passkeys.passkey (user_id);

create table passkeys.challenge (
    hash       bytea       primary key,
    ceremony   text        not null check (ceremony in ('REGISTER', 'SIGN_IN')),
    user_id    uuid        references identity.users,
    expires_at timestamptz not null,
    check ((ceremony = 'REGISTER') = (user_id is not null))
);
comment on table passkeys.challenge is
    'Random bytes that an authenticator is asked to sign, by their hash. The row is the one use: whoever deletes it may answer. erase: delete';
create index challenge_user on passkeys.challenge (user_id);
create index challenge_expires on passkeys.challenge (expires_at);
