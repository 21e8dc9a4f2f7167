create schema people;
comment on schema people is 'Who is whose friend, and who would like to be.';

create table people.friend (
    user_id    uuid        not null references identity.users,
    friend_id  uuid        not null references identity.users,
    created_at timestamptz not null,
    primary key (user_id, friend_id),
    check (user_id <> friend_id)
);
comment on table people.friend is
    'Friendships, each as two rows, so that everybody''s list is one range of an index. Goes with either of the two. erase: delete';
create index friend_page on people.friend (user_id, created_at, friend_id);
create index friend_of on people.friend (friend_id);

create table people.request (
    sender_id    uuid        not null references identity.users,
    receiver_id  uuid        not null references identity.users,
    created_at   timestamptz not null,
    declined_at  timestamptz,
    cancelled_at timestamptz,
    primary key (sender_id, receiver_id),
    check (sender_id <> receiver_id),
    check (cancelled_at is null or declined_at is not null)
);
comment on table people.request is
    'Who asks whom to be friends. A declined one stays for 30 days and looks to its sender as if nothing had happened, so that he neither learns of it nor can ask again and again. Goes with either of the two. erase: delete';
comment on column people.request.cancelled_at is 'Its sender took the declined one back: hidden from him too, until he asks again.';
create index request_outgoing on people.request (sender_id, created_at, receiver_id) where cancelled_at is null;
create index request_incoming on people.request (receiver_id, created_at, sender_id) where declined_at is null;
create index request_receiver on people.request (receiver_id);
create index request_declined on people.request (declined_at) where declined_at is not null;
