create table chat.search (
    room_id uuid     not null,
    seq     bigint   not null,
    grams   bigint[] not null,
    primary key (room_id, seq)
);
comment on table chat.search is 'By which letters a message is found. An index beside the log that an indexer of its own fills afterwards, so that saying something costs nothing more; it can be thrown away and made anew. erase: empty';
comment on column chat.search.grams is 'Each letter and each pair of letters of its text, hashed together with its room and its block of 16,384 places, so that a lookup never finds more than a block.';
create index search_grams on chat.search using gin (grams) with (gin_pending_list_limit = 1024);

create table chat.search_log (
    room_id     uuid   primary key,
    indexed_seq bigint not null default 0
) with (fillfactor = 50);
comment on table chat.search_log is 'How far each room''s log is in chat.search; its row is locked by whoever indexes the room. erase: none';
comment on column chat.search_log.indexed_seq is 'Everything that changed up to here is indexed; what changed later is looked through.';
