alter table chat.message
    add column pinned_at      timestamptz,
    add column thread         uuid,
    add column replies        int not null default 0,
    add column mentions       text,
    add column reactions      text,
    add column file           text,
    add column preview        text,
    add column encrypted_keys text;
comment on column chat.message.thread is 'The message that it answers in a thread: never itself an answer in one.';
comment on column chat.message.replies is 'How many visible messages its thread has; kept when one is said or deleted, under the lock of the log''s end.';
comment on column chat.message.mentions is 'JSON [user id]. This and the JSON beside it stands as readers see it, so that a page is put together without reading it.';
comment on column chat.message.reactions is 'JSON [{emoji, count, users}] in the order of first use.';
comment on column chat.message.file is 'JSON of the file that a message of kind FILE or IMAGE shows.';
comment on column chat.message.preview is 'JSON of what stands behind the first link of the text.';
comment on column chat.message.encrypted_keys is 'JSON {user id: the key of the text, encrypted for him}; then the text is a secret of its readers.';
create index message_thread on chat.message (room_id, thread, seq) where thread is not null;
create index message_pinned on chat.message (room_id, pinned_at) where pinned_at is not null;
