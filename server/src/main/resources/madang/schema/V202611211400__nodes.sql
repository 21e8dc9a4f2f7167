-- What several nodes of one Madang tell each other. All of it is about this very moment, so nothing of it is logged: after a crash of PostgreSQL it is empty, and is filled again by those who live.
create unlogged table kit.node (
    id         uuid        primary key,
    started_at timestamptz not null,
    seen_at    timestamptz not null,
    left_at    timestamptz
);
comment on table kit.node is
    'The nodes that live, by their heartbeat; left_at says that one went as it should. erase: none';

create unlogged table kit.bus_batch (
    node    uuid        not null,
    number  bigint      not null,
    hints   bytea       not null,
    sent_at timestamptz not null default now(),
    primary key (node, number)
);
comment on table kit.bus_batch is
    'Hints between nodes, batch by batch, for half a minute. A node numbers its batches without a gap, so whoever misses one sees it. erase: none';
create index bus_batch_sent_at on kit.bus_batch (sent_at);
-- Read once by each node and gone: compressing it would cost more than it saves.
alter table kit.bus_batch alter column hints set storage external;
alter table kit.bus_batch set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);
