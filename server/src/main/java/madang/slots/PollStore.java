package madang.slots;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import madang.events.Event;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Polls, in SQL.
final class PollStore {
    private static final String POLLS =
            """
            select id, code, creator_id, title, description, location, created_at, event_id
            from slots.poll
            """;

    Optional<Poll> find(Tx tx, String code) {
        return tx.sql(POLLS + "where code = :code").with("code", code).first(Poll.class);
    }

    /// The same, held until the transaction ends.
    Optional<Poll> lock(Tx tx, String code) {
        return tx.sql(POLLS + "where code = :code for update").with("code", code).first(Poll.class);
    }

    /// The polls that somebody made, the newest first.
    List<Poll> page(Tx tx, Id<User> creator, @Nullable Id<Poll> before, int limit) {
        return tx.sql(
                        POLLS
                                + """
                                where creator_id = :creator
                                  and (:before::uuid is null or id < :before)
                                order by id desc limit :limit
                                """)
                .with("creator", creator)
                .with("before", before)
                .with("limit", limit)
                .list(Poll.class);
    }

    int countOpen(Tx tx, Id<User> creator) {
        return tx.sql(
                        """
                        select count(*)::int from slots.poll
                        where creator_id = :creator and event_id is null
                        """)
                .with("creator", creator)
                .one(Integer.class);
    }

    void add(Tx tx, Poll poll, List<Poll.Option> options) {
        tx.sql(
                        """
                        insert into slots.poll (id, code, creator_id, title, description, location, created_at)
                        values (:id, :code, :creator, :title, :description, :location, :createdAt)
                        """)
                .with(poll)
                .count();
        tx.sql(
                        """
                        insert into slots.poll_option (id, poll_id, start_time, end_time)
                        select new.id, :poll, new.start_time, new.end_time
                        from unnest(:ids::uuid[], :starts::timestamptz[], :ends::timestamptz[])
                            as new(id, start_time, end_time)
                        """)
                .with("poll", poll.id())
                .withIds("ids", options.stream().map(Poll.Option::id).toList())
                .withInstants("starts", options.stream().map(Poll.Option::startTime).toList())
                .withInstants("ends", options.stream().map(Poll.Option::endTime).toList())
                .count();
    }

    /// In the order of time.
    List<Poll.Option> options(Tx tx, Id<Poll> poll) {
        return tx.sql(
                        """
                        select id, start_time, end_time from slots.poll_option
                        where poll_id = :poll order by start_time, end_time
                        """)
                .with("poll", poll)
                .list(Poll.Option.class);
    }

    /// In the order in which people answered.
    List<Poll.Vote> votes(Tx tx, Id<Poll> poll) {
        return tx.sql(
                        """
                        select option_id, user_id, answer from slots.vote
                        where poll_id = :poll order by voted_at, user_id, option_id
                        """)
                .with("poll", poll)
                .list(Poll.Vote.class);
    }

    int countVoters(Tx tx, Id<Poll> poll, Id<User> besides) {
        return tx.sql(
                        """
                        select count(distinct user_id)::int from slots.vote
                        where poll_id = :poll and user_id <> :besides
                        """)
                .with("poll", poll)
                .with("besides", besides)
                .one(Integer.class);
    }

    /// Puts these answers in the place of all that this user gave before.
    void vote(Tx tx, Id<Poll> poll, Id<User> user, Collection<CastVotes.Vote> votes, Instant now) {
        tx.sql("delete from slots.vote where poll_id = :poll and user_id = :user")
                .with("poll", poll)
                .with("user", user)
                .count();
        tx.sql(
                        """
                        insert into slots.vote (option_id, user_id, poll_id, answer, voted_at)
                        select new.option, :user, :poll, new.answer, :now
                        from unnest(:options::uuid[], :answers::text[]) as new(option, answer)
                        """)
                .with("poll", poll)
                .with("user", user)
                .with("now", now)
                .withIds("options", votes.stream().map(CastVotes.Vote::option).toList())
                .withTexts("answers", votes.stream().map(vote -> vote.answer().name()).toList())
                .count();
    }

    void close(Tx tx, Id<Poll> poll, Id<Event> event) {
        tx.sql("update slots.poll set event_id = :event where id = :poll")
                .with("poll", poll)
                .with("event", event)
                .count();
    }

    void remove(Tx tx, Id<Poll> poll) {
        tx.sql("delete from slots.poll where id = :poll").with("poll", poll).count();
    }

    /// A poll of mine, as I take it away.
    record Made(String title, @Nullable String description, Instant createdAt) {}

    /// An answer of mine.
    record Voted(String poll, Instant startTime, CastVotes.Answer answer) {}

    List<Made> madeBy(Tx tx, Id<User> user, int limit) {
        return tx.sql(
                        """
                        select title, description, created_at from slots.poll
                        where creator_id = :user order by id desc limit :limit
                        """)
                .with("user", user)
                .with("limit", limit)
                .list(Made.class);
    }

    List<Voted> votesOf(Tx tx, Id<User> user, int limit) {
        return tx.sql(
                        """
                        select p.title, o.start_time, v.answer from slots.vote v
                        join slots.poll_option o on o.id = v.option_id
                        join slots.poll p on p.id = v.poll_id
                        where v.user_id = :user order by v.voted_at desc limit :limit
                        """)
                .with("user", user)
                .with("limit", limit)
                .list(Voted.class);
    }

    void forget(Tx tx, Id<User> user) {
        tx.sql("delete from slots.vote where user_id = :user").with("user", user).count();
        tx.sql("delete from slots.poll where creator_id = :user").with("user", user).count();
    }
}
