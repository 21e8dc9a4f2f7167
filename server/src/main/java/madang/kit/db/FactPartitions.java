package madang.kit.db;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/// The outbox by days: what was delivered goes away as a whole table, never row by row.
final class FactPartitions {
    private static final int DAYS_AHEAD = 3;
    private static final int DAYS_KEPT = 7;
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    static void turn(Tx tx, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        for (int ahead = 1; ahead <= DAYS_AHEAD; ahead++) {
            make(tx, today.plusDays(ahead));
        }
        String oldest = name(today.minusDays(DAYS_KEPT));
        partitions(tx).stream()
                .filter(partition -> partition.compareTo(oldest) < 0)
                .filter(partition -> !holdsWaiting(tx, partition))
                .forEach(partition -> tx.sql("drop table kit." + partition).count());
        tx.sql("delete from kit.fact_rest where delivered_at < :before")
                .with("before", today.minusDays(DAYS_KEPT).atStartOfDay().toInstant(ZoneOffset.UTC))
                .count();
        tx.sql("delete from kit.processed where processed_at < :before")
                .with("before", today.minusDays(DAYS_KEPT).atStartOfDay().toInstant(ZoneOffset.UTC))
                .count();
    }

    private static void make(Tx tx, LocalDate day) {
        String name = name(day);
        if (partitions(tx).contains(name)) {
            return;
        }
        tx.sql(
                        "create table kit."
                                + name
                                + " partition of kit.fact for values from ('"
                                + day
                                + " 00:00+00') to ('"
                                + day.plusDays(1)
                                + " 00:00+00')")
                .count();
        tx.sql("comment on table kit." + name + " is 'Facts of " + day + ". erase: none'").count();
    }

    private static List<String> partitions(Tx tx) {
        return tx.sql(
                        """
                        select c.relname from pg_inherits i
                        join pg_class c on c.oid = i.inhrelid
                        where i.inhparent = 'kit.fact'::regclass and c.relname ~ '^fact_[0-9]{8}$'
                        """)
                .list(String.class);
    }

    private static boolean holdsWaiting(Tx tx, String partition) {
        return tx.sql(
                        "select exists (select from kit."
                                + partition
                                + " where delivered_at is null)")
                .one(Boolean.class);
    }

    private static String name(LocalDate day) {
        return "fact_" + day.format(DAY);
    }

    private FactPartitions() {}
}
