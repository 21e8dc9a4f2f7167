-- How much may wait to be sorted in is said by whoever files: little where he files a few, much
-- where he sorts in many at once.
alter index chat.search_grams reset (gin_pending_list_limit);

-- A long message's grams are not compressed: that would cost more than all the rest of filing it.
alter table chat.search set (toast_tuple_target = 8160);
