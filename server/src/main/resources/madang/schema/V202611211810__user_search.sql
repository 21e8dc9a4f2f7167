-- Administrators find people by how a name begins.
create index users_username_begins on identity.users (username_key text_pattern_ops);
create index users_nickname_begins on identity.users (nickname text_pattern_ops);
