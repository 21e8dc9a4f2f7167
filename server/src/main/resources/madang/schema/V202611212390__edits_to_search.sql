-- What was edited after it had been filed for searching is found by this alone, however much else
-- waits to be filed. What is said is never in it.
create index message_edited on chat.message (room_id, changed_seq) where edited_at is not null;
