-- A stretch of days is read from both its ends: what starts in it, and what is still going on. Few
-- events last longer than a day; those have an index of their own, so that nobody walks through all
-- that ever was to find them.
alter table events.participant add column end_time timestamptz;
update events.participant p set end_time = e.end_time from events.event e where e.id = p.event_id;
alter table events.participant alter column end_time set not null;
comment on column events.participant.start_time is
    'Its event''s, copied for the indexes; so are end_time, event_status and is_hidden.';
create index participant_long on events.participant (user_id, start_time, event_id)
    where end_time - start_time > interval '1 day' and standing <> 'DECLINED' and not is_hidden;
