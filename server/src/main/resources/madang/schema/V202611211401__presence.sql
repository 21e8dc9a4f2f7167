create unlogged table kit.presence (
    place   text   not null,
    user_id uuid   not null,
    nodes   uuid[] not null,
    primary key (place, user_id)
);
comment on table kit.presence is
    'Who is where at this moment, and through which nodes; a dead node''s guests are swept. erase: none';
