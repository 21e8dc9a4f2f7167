create table events.invite_link (
    code           text        primary key,
    event_id       uuid        not null references events.event,
    created_by     uuid        not null references identity.users,
    max_uses       int         not null check (max_uses >= 0),
    uses           int         not null default 0 check (max_uses = 0 or uses <= max_uses),
    created_at     timestamptz not null,
    expires_at     timestamptz not null check (expires_at > created_at),
    deactivated_at timestamptz
);
comment on table events.invite_link is
    'Ways into an event for whoever is shown them. Kept when they lead nowhere any more, so that a late visitor is told why. Go with who made them. erase: delete';
comment on column events.invite_link.code is 'In the clear, because its maker looks it up again; 71 random bits that lead to one event, until a day.';
comment on column events.invite_link.max_uses is '0: as many as like. Held by a conditional update and by this table''s own check.';
create index invite_link_page on events.invite_link (event_id, created_at, code);
create index invite_link_created_by on events.invite_link (created_by);
