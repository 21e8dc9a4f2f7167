create table chat.restraint (
    room_id     uuid not null references chat.room,
    user_id     uuid not null references identity.users,
    muted_until timestamptz,
    spoke_at    timestamptz,
    primary key (room_id, user_id),
    constraint restraint_says_something check (num_nonnulls(muted_until, spoke_at) > 0)
);
comment on table chat.restraint is 'What still holds somebody back who is not in the room now, so that nobody is rid of it by leaving and coming again. It waits here while he is away: of a member his own row tells it, so that sending asks no other. erase: delete';
comment on column chat.restraint.muted_until is 'As in chat.member.';
comment on column chat.restraint.spoke_at is 'As in chat.member.';
create index restraint_user on chat.restraint (user_id);
