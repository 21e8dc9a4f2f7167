create table events.no_show (
    event_id     uuid        not null references events.event,
    user_id      uuid        not null references identity.users,
    marked_by    uuid        not null references identity.users,
    marked_at    timestamptz not null,
    objection    text,
    objected_at  timestamptz,
    primary key (event_id, user_id),
    check ((objection is null) = (objected_at is null))
);
comment on table events.no_show is
    'Who said he would come and did not, as the creator of the event says; and what he says himself. Goes with either of the two. erase: delete';
create index no_show_of on events.no_show (user_id, marked_at, event_id);
create index no_show_marked_by on events.no_show (marked_by);
