create schema moderation;
comment on schema moderation is 'Who will not hear from whom, and what was reported to the administrators.';

create table moderation.block (
    blocker_id uuid        not null references identity.users,
    blocked_id uuid        not null references identity.users,
    created_at timestamptz not null,
    primary key (blocker_id, blocked_id),
    check (blocker_id <> blocked_id)
);
comment on table moderation.block is
    'Who wants to hear nothing from whom; at most 1,000 a user, so that sorting them needs no index. Goes with either of the two. erase: delete';
create index block_blocked on moderation.block (blocked_id);

create table moderation.report (
    id           uuid        primary key,
    reporter_id  uuid        not null references identity.users,
    subject_type text        not null check (subject_type in ('MESSAGE', 'USER', 'ROOM')),
    subject_id   uuid        not null,
    room_id      uuid,
    reported_id  uuid        references identity.users,
    reason       text        not null check (reason in ('SPAM', 'ABUSE', 'SEXUAL', 'SELF_HARM', 'ILLEGAL', 'OTHER')),
    text         text,
    evidence     text,
    status       text        not null check (status in ('OPEN', 'RESOLVED', 'DISMISSED')),
    note         text,
    created_at   timestamptz not null,
    decided_by   uuid        references identity.users,
    decided_at   timestamptz,
    constraint report_made_once unique (reporter_id, subject_type, subject_id),
    check ((status = 'OPEN') = (decided_at is null))
);
comment on table moderation.report is
    'What administrators are asked to look at. The things reported live with their features, so nothing refers to them. When the reporter withdraws, text is emptied; when the reported user does, evidence; both 90 days after the decision anyway. erase: empty';
comment on column moderation.report.text is 'What the reporter says about it, sealed by the vault.';
comment on column moderation.report.evidence is 'What he saw, as it was then, sealed by the vault: its author may change or delete it.';
comment on column moderation.report.reported_id is 'Whose it is; null: the house''s own.';
create index report_queue on moderation.report (status, id);
create index report_reported on moderation.report (reported_id);
create index report_decided_by on moderation.report (decided_by);
create index report_words on moderation.report (decided_at) where text is not null or evidence is not null;
