create schema calendar;
comment on schema calendar is 'Events in other calendars: Google Calendar both ways, and feeds to subscribe to.';

create table calendar.connection (
    user_id          uuid        primary key references identity.users,
    subject          text        not null,
    state            text        not null check (state in ('ACTIVE', 'NEEDS_RECONNECT')),
    connected_at     timestamptz not null,
    synced_at        timestamptz,
    sync_token       text,
    pull_at          timestamptz not null,
    look_at          timestamptz not null,
    retry_at         timestamptz not null,
    tries            int         not null default 0,
    lease_until      timestamptz not null default 'epoch',
    channel_id       text        unique,
    channel_resource text,
    channel_until    timestamptz
);
comment on table calendar.connection is
    'Whose Google calendar is kept the same as his events here. Its tokens lie in social.link. erase: delete';
comment on column calendar.connection.subject is 'The account at Google: with another one everything is written anew.';
comment on column calendar.connection.sync_token is 'Up to where Google''s changes are known here; null: nothing is.';
comment on column calendar.connection.pull_at is 'When Google is asked for changes next; now, where it has told of some.';
comment on column calendar.connection.look_at is 'When somebody has to look next, for either direction; never later than pull_at.';
comment on column calendar.connection.retry_at is 'Not before: Google was away, or said that this is too often.';
comment on column calendar.connection.lease_until is 'One node at a time works on it.';
comment on column calendar.connection.channel_id is 'By which Google tells that something changed; its secret is derived from it.';
create index connection_look on calendar.connection (look_at) where state = 'ACTIVE';

create table calendar.entry (
    user_id      uuid        not null references calendar.connection on delete cascade,
    event_id     uuid        not null,
    etag         text,
    is_tentative boolean     not null default false,
    title        text,
    description  text,
    location     text,
    start_time   timestamptz,
    end_time     timestamptz,
    due_at       timestamptz,
    primary key (user_id, event_id)
);
comment on table calendar.entry is
    'Events that stand in somebody''s Google calendar, or are to, and what both sides agreed on last: so a change is told from its echo. The id there is the event''s own. erase: delete';
comment on column calendar.entry.etag is 'Of the version there that is agreed on; null: not written yet.';
comment on column calendar.entry.due_at is 'Since when something here may have changed that is not written there.';
create index entry_event on calendar.entry (event_id);
create index entry_due on calendar.entry (user_id, due_at) where due_at is not null;

create table calendar.feed (
    user_id    uuid        primary key references identity.users,
    token_hash bytea       not null unique,
    created_at timestamptz not null
);
comment on table calendar.feed is
    'Addresses by which calendar programs read somebody''s events; the secret in them is kept as a hash. erase: delete';
