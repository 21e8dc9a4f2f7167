-- How somebody came in, on what and from about where: what he sees in the list of his devices.
alter table identity.session
    add column method       text,
    add column device       text,
    add column address      text,
    add column last_used_at timestamptz not null default now();
comment on column identity.session.method is 'Null for the sessions that bots'' tokens stand for.';
comment on column identity.session.device is 'Program and system, out of the user agent, which itself is not kept.';
comment on column identity.session.address is 'The network only (IPv4 /24, IPv6 /48): enough to recognise a stranger, too little to follow somebody.';
comment on column identity.session.last_used_at is 'The last refresh: exact to the life of an access token.';
update identity.session set last_used_at = rotated_at;

-- A suspension may end by itself; whoever withdrew may come back until his account is sealed.
alter table identity.users
    add column suspended_until   timestamptz,
    add column suspension_reason text,
    add column is_guest          boolean not null default false,
    add column withdrawn_at      timestamptz,
    add column sealed_at         timestamptz,
    add column erased_at         timestamptz;
comment on column identity.users.is_guest is 'Tries us without a name: has nothing but its session, and is erased after it.';
comment on column identity.users.sealed_at is 'From here on nobody comes in and the withdrawal is not undone: it is being erased.';
create index users_withdrawn on identity.users (withdrawn_at) where withdrawn_at is not null and erased_at is null;
create index users_guest on identity.users (id) where is_guest and erased_at is null;
