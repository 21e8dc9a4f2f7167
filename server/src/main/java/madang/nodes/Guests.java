package madang.nodes;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Sql;
import madang.kit.db.Tx;

/// The table of who is where. A guest has one row a place, with the nodes through which he is
/// there: so the first and the last of them are known under the lock of that row. Rows are touched
/// in one order, so that nodes do not wait for each other in a ring.
final class Guests {
    private final Db db;
    private final Id<Nodes> me;

    Guests(Db db, Id<Nodes> me) {
        this.db = db;
        this.me = me;
    }

    /// A user in a place.
    record Guest(String place, Id<User> user) {}

    private record Through(String place, Id<User> user, int nodes) {
        Guest guest() {
            return new Guest(place, user);
        }
    }

    /// Through how many nodes each of them is there now, this one included.
    Map<Guest, Integer> enter(Collection<Guest> guests) {
        return guests.isEmpty()
                ? Map.of()
                : db.tx(tx ->
                        counted(
                                of(
                                        tx.sql(
                                                """
                                                insert into kit.presence as p (place, user_id, nodes)
                                                select place, user_id, array[:me]
                                                from unnest(:places, :users) as came(place, user_id)
                                                order by place, user_id
                                                on conflict (place, user_id) do update
                                                    set nodes = array_append(array_remove(p.nodes, :me), :me)
                                                returning place, user_id, cardinality(nodes)
                                                """),
                                        guests)));
    }

    /// Through how many nodes each of them is still there; those that nobody knows are missing.
    Map<Guest, Integer> leave(Collection<Guest> guests) {
        return guests.isEmpty()
                ? Map.of()
                : db.tx(tx -> {
                    Map<Guest, Integer> left = counted(withdraw(tx, guests));
                    clearEmpty(tx, guests);
                    return left;
                });
    }

    /// This node has these guests and no others.
    void agree(Collection<Guest> guests) {
        db.run(tx ->
                of(
                                tx.sql(
                                        """
                                        update kit.presence p set nodes = array_remove(p.nodes, :me)
                                        where :me = any(p.nodes) and (p.place, p.user_id) not in (
                                            select place, user_id
                                            from unnest(:places, :users) as here(place, user_id))
                                        """),
                                guests)
                        .count());
        enter(guests);
    }

    /// Takes dead nodes out; the guests who are gone with them.
    static List<Guest> sweep(Tx tx, List<Id<Nodes>> dead) {
        tx.sql(
                        """
                        update kit.presence p
                        set nodes = array(select node from unnest(p.nodes) node where node <> all(:dead))
                        where p.nodes && :dead
                        """)
                .withIds("dead", dead)
                .count();
        return tx.sql("delete from kit.presence where nodes = '{}' returning place, user_id")
                .list(Guest.class);
    }

    /// Who is in each of these places, but not through this node.
    Map<String, Elsewhere> elsewhere(Collection<String> places, int most) {
        record Seen(String place, Id<User> user, int count) {}
        Map<String, List<Seen>> seen =
                db
                        .read(tx ->
                                tx.sql(
                                                """
                                                select asked.place, there.user_id, there.count
                                                from unnest(:places) as asked(place)
                                                cross join lateral (
                                                    select user_id, (count(*) over ())::int as count
                                                    from kit.presence p
                                                    where p.place = asked.place
                                                      and nodes <> '{}' and :me <> all(nodes)
                                                    limit :most) there
                                                """)
                                        .withTexts("places", places)
                                        .with("me", me)
                                        .with("most", most)
                                        .list(Seen.class))
                        .stream()
                        .collect(Collectors.groupingBy(Seen::place));
        Map<String, Elsewhere> elsewhere = new HashMap<>();
        places.forEach(place -> elsewhere.put(place, Elsewhere.NOBODY));
        seen.forEach((place, there) ->
                elsewhere.put(
                        place,
                        new Elsewhere(
                                there.getFirst().count(),
                                there.stream().map(Seen::user).toList())));
        return elsewhere;
    }

    /// How many, and some of them.
    record Elsewhere(int count, List<Id<User>> some) {
        static final Elsewhere NOBODY = new Elsewhere(0, List.of());
    }

    Set<Id<User>> among(String place, Collection<Id<User>> users) {
        return new HashSet<>(
                db.<List<Id<User>>>read(tx ->
                        tx.sql(
                                        """
                                        select user_id from kit.presence
                                        where place = :place and user_id = any(:users) and nodes <> '{}'
                                        """)
                                .with("place", place)
                                .withIds("users", users)
                                .ids()));
    }

    private List<Through> withdraw(Tx tx, Collection<Guest> guests) {
        return of(
                        tx.sql(
                                """
                                with went as materialized (
                                    select p.place, p.user_id from kit.presence p
                                    join unnest(:places, :users) as left_(place, user_id)
                                        using (place, user_id)
                                    order by place, user_id for update of p)
                                update kit.presence p set nodes = array_remove(p.nodes, :me)
                                from went where p.place = went.place and p.user_id = went.user_id
                                returning p.place, p.user_id, cardinality(p.nodes)
                                """),
                        guests)
                .list(Through.class);
    }

    private void clearEmpty(Tx tx, Collection<Guest> guests) {
        of(
                        tx.sql(
                                """
                                delete from kit.presence p using unnest(:places, :users) as went(place, user_id)
                                where p.place = went.place and p.user_id = went.user_id and p.nodes = '{}'
                                """),
                        guests)
                .count();
    }

    private Sql of(Sql sql, Collection<Guest> guests) {
        return sql.with("me", me)
                .withTexts("places", guests.stream().map(Guest::place).toList())
                .withIds("users", guests.stream().map(Guest::user).toList());
    }

    private static Map<Guest, Integer> counted(Sql sql) {
        return counted(sql.list(Through.class));
    }

    private static Map<Guest, Integer> counted(List<Through> rows) {
        Map<Guest, Integer> counted = new HashMap<>();
        rows.forEach(row -> counted.put(row.guest(), row.nodes()));
        return counted;
    }
}
