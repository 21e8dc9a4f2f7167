package madang.identity;

import java.time.Instant;
import java.util.List;
import madang.kit.Id;
import madang.kit.Role;
import madang.kit.User;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// `identity.users` as administrators ask for it.
final class AdminStore {
    /// The gravest state that holds at `:now`.
    private static final String STATE =
            """
            case when erased_at is not null then 'ERASED'
                 when withdrawn_at is not null then 'WITHDRAWN'
                 when suspended_at is not null and coalesce(suspended_until, 'infinity') > :now
                     then 'SUSPENDED'
                 else 'ACTIVE' end
            """;

    /// What is asked of the list; null asks nothing. `begins` is how a username or a nickname
    /// begins.
    record Question(
            AccountView.@Nullable State state,
            @Nullable Role role,
            @Nullable LoginName name,
            @Nullable String begins,
            @Nullable Id<User> before,
            int limit) {}

    /// The youngest accounts first.
    List<AccountView> page(Tx tx, Question question, Instant now) {
        @Nullable String begins =
                question.begins() == null ? null : Account.tidy(question.begins());
        StringBuilder asked = new StringBuilder("true");
        if (question.state() != null) {
            asked.append(" and ").append(STATE).append(" = :state");
        }
        if (question.role() != null) {
            asked.append(" and role = :role");
        }
        if (question.before() != null) {
            asked.append(" and id < :before");
        }
        if (question.name() != null) {
            asked.append(" and ").append(AccountStore.column(question.name().kind()));
            asked.append(" = :name");
        }
        if (begins != null) {
            asked.append(" and (username_key like :beginsKey or nickname like :begins)");
        }
        return tx.sql(
                        "select id, username, nickname, role, is_bot, is_guest, "
                                + STATE
                                + """
                                , case when suspended_until > :now then suspended_until end,
                                created_at, last_login_at
                                from identity.users where
                                """
                                + asked
                                + " order by id desc limit :limit")
                .with("now", now)
                .with("state", question.state())
                .with("role", question.role())
                .with("before", question.before())
                .with("name", question.name() == null ? null : question.name().key())
                .with("begins", begins == null ? null : like(begins))
                .with("beginsKey", begins == null ? null : like(LoginName.caseless(begins)))
                .with("limit", question.limit())
                .list(AccountView.class);
    }

    /// What is kept of an account for administrators alone.
    record Fate(@Nullable String suspensionReason, AccountView.State state) {}

    Fate fate(Tx tx, Id<User> id, Instant now) {
        return tx.sql("select suspension_reason, " + STATE + " from identity.users where id = :id")
                .with("id", id)
                .with("now", now)
                .one(Fate.class);
    }

    /// Locks both rows, the older one first: two who act upon each other do so one after the other.
    void lock(Tx tx, Id<User> one, Id<User> other) {
        tx.sql(
                        """
                        select id from identity.users where id in (:one, :other)
                        order by id for update
                        """)
                .with("one", one)
                .with("other", other)
                .<User>ids();
    }

    void changeRole(Tx tx, Id<User> id, Role role) {
        tx.sql("update identity.users set role = :role where id = :id")
                .with("id", id)
                .with("role", role)
                .count();
    }

    /// How many users there are of each kind; the erased are nobody any more.
    record Figures(
            long totalUsers,
            long activeUsers,
            long newUsersToday,
            long suspendedUsers,
            long withdrawnUsers,
            long guests,
            long bots,
            long administrators) {}

    /// `activeSince` is when somebody must have signed in to count as active.
    Figures figures(Tx tx, Instant now, Instant activeSince, Instant today) {
        return tx.sql(
                        """
                        select count(*) filter (where not is_bot and not is_guest),
                            count(*) filter (where last_login_at >= :activeSince),
                            count(*) filter (where created_at >= :today and not is_bot and not is_guest),
                            count(*) filter (where suspended_at is not null
                                and coalesce(suspended_until, 'infinity') > :now),
                            count(*) filter (where withdrawn_at is not null),
                            count(*) filter (where is_guest),
                            count(*) filter (where is_bot),
                            count(*) filter (where role in ('ADMIN', 'SUPER_ADMIN'))
                        from identity.users where erased_at is null
                        """)
                .with("now", now)
                .with("activeSince", activeSince)
                .with("today", today)
                .one(Figures.class);
    }

    private static String like(String text) {
        return text.replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }
}
