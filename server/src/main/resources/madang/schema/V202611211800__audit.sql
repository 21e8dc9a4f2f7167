create schema audit;
comment on schema audit is 'What those who may do much have done, so that it can be proven later.';

create table audit.entry (
    id          uuid        primary key,
    actor_id    uuid,
    reason      text,
    action      text        not null check (action ~ '^[A-Z]+(_[A-Z]+)*$'),
    target_type text        not null,
    target_id   uuid,
    address     text,
    details     text        not null,
    at          timestamptz not null,
    check (num_nonnulls(actor_id, reason) = 1)
);
comment on table audit.entry is
    'Who did what to whom, written in the transaction in which it was done, never changed. Holds ids only and refers to nothing, so that it outlives what it tells of. erase: keep 5y (staff access records, Personal Information Protection Act Art. 29)';
comment on column audit.entry.reason is 'Why the house itself acted, where no user did.';
comment on column audit.entry.address is 'Where the actor came from, as the law asks of those who see what others keep private.';
comment on column audit.entry.details is 'A JSON object, byte for byte as it was sealed; no secrets, no words of people.';
create index entry_actor on audit.entry (actor_id, id);
create index entry_target on audit.entry (target_id, id);
create index entry_action on audit.entry (action, id);

-- The chain stands behind the entries and not in them (docs/decisions/audit-chain.md).
create table audit.seal (
    number   bigint      primary key,
    entry_id uuid        not null constraint seal_once unique references audit.entry,
    previous bytea       not null,
    hash     bytea       not null,
    at       timestamptz not null
);
comment on table audit.seal is
    'The chain: one seal an entry, each with the hash of the one before it, numbered without a gap. erase: keep 5y (goes with its entry)';
create index seal_at on audit.seal (at);

create table audit.unsealed (
    entry_id uuid primary key references audit.entry
);
comment on table audit.unsealed is 'Entries that wait for their seal, as a rule for milliseconds. erase: none';

create function audit.refuse() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and old.at < now() - interval '5 years' then
        return old;
    end if;
    raise exception 'the audit log only grows' using errcode = 'insufficient_privilege';
end
$$;
create trigger entry_stays before update or delete on audit.entry for each row execute function audit.refuse();
create trigger entries_stay before truncate on audit.entry for each statement execute function audit.refuse();
create trigger seal_stays before update or delete on audit.seal for each row execute function audit.refuse();
create trigger seals_stay before truncate on audit.seal for each statement execute function audit.refuse();
