-- What waits for my answer, what I accepted, what I declined.
create index participant_page_of_standing on events.participant (user_id, standing, start_time, event_id)
    where not is_hidden;
