package madang.recovery;

import java.time.Instant;
import java.util.List;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;

/// The table `recovery.letter`.
final class LetterStore {

    void add(Tx tx, Letter letter) {
        tx.sql(
                        """
                        insert into recovery.letter (
                            id, kind, channel, recipient, user_id, code_id, args, language,
                            created_at, good_until, due_at)
                        values (
                            :id, :kind, :channel, :recipient, :userId, :codeId, :args, :language,
                            :createdAt, :goodUntil, :createdAt)
                        """)
                .with("id", letter.id())
                .with("kind", letter.kind())
                .with("channel", letter.kind().channel())
                .with("recipient", letter.recipient())
                .with("userId", letter.userId())
                .with("codeId", letter.codeId())
                .withTexts("args", letter.args())
                .with("language", letter.language().tag())
                .with("createdAt", letter.createdAt())
                .with("goodUntil", letter.goodUntil())
                .count();
    }

    /// Takes letters that are due, the longest waiting first. Until `rested` nobody else takes
    /// them.
    List<Letter> claim(Tx tx, Channel channel, Instant now, int most) {
        return tx.sql(
                        """
                        update recovery.letter letter
                        set tries = tries + 1,
                            due_at = :now + least(:longest, :firstRest * (1 << least(tries, 16)))
                                * interval '1 second'
                        from (
                            select id from recovery.letter
                            where channel = :channel and due_at <= :now
                            order by due_at limit :most
                            for update skip locked) due
                        where letter.id = due.id
                        returning letter.id, kind, recipient, user_id, code_id, args, language,
                            created_at, good_until, tries
                        """)
                .with("channel", channel)
                .with("now", now)
                .with("firstRest", channel.firstRest().toSeconds())
                .with("longest", Channel.LONGEST_REST.toSeconds())
                .with("most", most)
                .list(Letter.class);
    }

    void remove(Tx tx, Id<Letter> id) {
        tx.sql("delete from recovery.letter where id = :id").with("id", id).count();
    }

    void removeOf(Tx tx, Id<User> user, List<String> recipients) {
        tx.sql(
                        """
                        delete from recovery.letter
                        where user_id = :user or recipient = any(:recipients)
                        """)
                .with("user", user)
                .withTexts("recipients", recipients)
                .count();
    }
}
