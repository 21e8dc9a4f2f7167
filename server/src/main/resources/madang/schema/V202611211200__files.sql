create schema files;
comment on schema files is 'What people bring in: names, kinds and keepers of files. Their bytes lie in the store of blobs.';

create table files.file (
    id             uuid        primary key,
    owner_id       uuid        not null references identity.users,
    keeper         text        not null,
    place_id       uuid        not null,
    thing_id       uuid        not null,
    name           text        not null,
    type           text        not null,
    size           bigint      not null,
    width          int,
    height         int,
    thumbnail_id   uuid,
    thumbnail_type text,
    thumbnail_size int,
    created_at     timestamptz not null,
    ask_at         timestamptz
);
comment on table files.file is 'A file, from before its first byte is stored until after its last one is gone. erase: delete';
comment on column files.file.keeper is 'The feature that knows whether it is still wanted; place_id and thing_id are its own names (chat: a room and a message of it).';
comment on column files.file.ask_at is 'When the keeper is asked whether it keeps the file; null: it does, for good.';
create index file_owner on files.file (owner_id, created_at);
create index file_place on files.file (keeper, place_id);
create index file_due on files.file (ask_at) where ask_at is not null;
