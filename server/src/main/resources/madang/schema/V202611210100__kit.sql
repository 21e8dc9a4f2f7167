-- What the house itself keeps. `create schema kit` is Flyway's: its history lives here.
comment on schema kit is 'What every feature uses: idempotency keys, the outbox of facts, jobs.';
comment on table kit.schema_history is 'Which migrations ran. erase: none';

create table kit.idempotency (
    user_id     uuid        not null,
    route       text        not null,
    key         text        not null,
    body_hash   bytea       not null,
    status      int         not null,
    headers     text        not null,
    body        bytea       not null,
    created_at  timestamptz not null,
    primary key (user_id, route, key)
);
comment on table kit.idempotency is
    'The first answer to a request that carried an Idempotency-Key, kept 24 h. Committed together with the effect, so a key without its effect cannot be. erase: delete';
create index idempotency_created_at on kit.idempotency (created_at);

-- Facts wait here for their listeners. Partitioned by day, so that what was delivered is dropped as a whole and never vacuumed row by row.
create table kit.fact (
    id           bigint generated always as identity,
    aggregate    uuid        not null,
    shard        int         not null,
    kind         text        not null,
    body         text        not null,
    published_at timestamptz not null,
    delivered_at timestamptz,
    attempts     int         not null default 0,
    next_try_at  timestamptz,
    primary key (id, published_at)
) partition by range (published_at);
comment on table kit.fact is
    'The outbox: what happened, written in the transaction in which it happened, heard by listeners afterwards at least once and in order per aggregate. Ten failures park the aggregate. erase: none';
create table kit.fact_rest partition of kit.fact default;
comment on table kit.fact_rest is 'Facts of days without a partition of their own; empty as long as the nightly job runs. erase: none';
create index fact_waiting on kit.fact (shard, aggregate, id) where delivered_at is null;

create table kit.fact_shard (
    shard       int         primary key,
    holder      uuid,
    held_until  timestamptz not null
);
comment on table kit.fact_shard is 'Which node delivers which share of the facts, by lease. erase: none';
insert into kit.fact_shard (shard, held_until) select shard, 'epoch' from generate_series(0, 15) shard;

create table kit.processed (
    consumer     text        not null,
    fact_id      bigint      not null,
    processed_at timestamptz not null default now(),
    primary key (consumer, fact_id)
);
comment on table kit.processed is 'Which listener has had the effect of which fact; written in the effect''s own transaction. erase: none';
create index processed_at on kit.processed (processed_at);

-- As db-scheduler 16 wants it (its postgresql_tables.sql).
create table kit.scheduled_tasks (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures int,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    priority             smallint,
    primary key (task_name, task_instance)
);
comment on table kit.scheduled_tasks is 'Jobs and when they run next; safe on many nodes. erase: none';
create index scheduled_tasks_execution_time on kit.scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on kit.scheduled_tasks (last_heartbeat);
create index scheduled_tasks_priority on kit.scheduled_tasks (priority desc, execution_time asc);
