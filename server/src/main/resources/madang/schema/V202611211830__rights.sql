create schema rights;
comment on schema rights is 'What people agreed to, took away with them, and had erased.';

create table rights.document (
    kind         text        not null check (kind in ('TERMS', 'PRIVACY', 'SENSITIVE', 'LLM', 'MARKETING')),
    version      text        not null check (version ~ '^[A-Za-z0-9._-]{1,32}$'),
    url          text,
    is_material  boolean     not null,
    published_at timestamptz not null,
    primary key (kind, version)
);
comment on table rights.document is
    'What people are asked to agree to, version by version. A material one asks everybody anew. erase: none';
create index document_newest on rights.document (kind, published_at);
insert into rights.document (kind, version, is_material, published_at)
    select unnest(array['TERMS', 'PRIVACY', 'SENSITIVE', 'LLM', 'MARKETING']), '1', true, '2026-11-21T00:00:00Z';

create table rights.consent (
    id         uuid        primary key,
    user_id    uuid        not null references identity.users,
    kind       text        not null,
    version    text        not null,
    is_granted boolean     not null,
    at         timestamptz not null,
    foreign key (kind, version) references rights.document
);
comment on table rights.consent is
    'The ledger: every yes and no, in their order; the last one of a kind holds. Only grows. erase: keep 5y (proof of consent, Personal Information Protection Act Art. 22)';
create index consent_last on rights.consent (user_id, kind, id);
create index consent_document on rights.consent (kind, version);

create function rights.refuse() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and old.at < now() - interval '5 years' then
        return old;
    end if;
    raise exception 'the ledger of consents only grows' using errcode = 'insufficient_privilege';
end
$$;
create trigger consent_stays before update or delete on rights.consent for each row execute function rights.refuse();
create trigger consents_stay before truncate on rights.consent for each statement execute function rights.refuse();

create table rights.export (
    user_id       uuid        primary key references identity.users,
    blob_id       uuid        not null,
    requested_at  timestamptz not null,
    claimed_until timestamptz,
    ready_at      timestamptz,
    expires_at    timestamptz,
    size          bigint,
    check ((ready_at is null) = (size is null))
);
comment on table rights.export is
    'What people take away of themselves: one at a time, made by a job, there for some days. erase: delete';
comment on column rights.export.claimed_until is 'Somebody is making it; when that passes without an end, he died.';
create index export_waiting on rights.export (requested_at) where ready_at is null;
create index export_expires on rights.export (expires_at);

create table rights.withdrawal (
    user_id      uuid        primary key references identity.users,
    reason       text,
    withdrawn_at timestamptz not null
);
comment on table rights.withdrawal is 'Why somebody leaves, in his words, as long as he may come back. erase: delete';

create table rights.erasure (
    user_id  uuid        primary key references identity.users,
    began_at timestamptz not null,
    done_at  timestamptz
);
comment on table rights.erasure is
    'Who is being erased and who was: ids alone. erase: keep 5y (proof of erasure, Personal Information Protection Act Art. 21)';

create table rights.erased_section (
    user_id uuid        not null references rights.erasure,
    section text        not null,
    at      timestamptz not null,
    primary key (user_id, section)
);
comment on table rights.erased_section is
    'How far an erasure is, so that one that was cut off goes on where it was. erase: keep 5y (proof of erasure, Personal Information Protection Act Art. 21)';

-- What stays of somebody in the tables of others is his id alone.
comment on table chat.room is 'A room. A deleted one keeps its row, so that its id never means another room. Who made it is forgotten with him; of two who talk alone the ids stay, because the other one still reads there. erase: empty';
comment on table chat.ban is 'Who may not come in, by whose word and why. A table of its own, because who is banned is no member. One''s own bans go with him, of those by his word the reason. erase: empty';
comment on table webhooks.webhook is
    'Webhooks, each with the hash of its one token. They belong to their room and not to who made them, and go with it; of him the id stays. erase: empty';
create index message_notice_about on chat.message (substring(notice from '"user":"([0-9a-f-]{36})"')) where notice is not null;
