package madang.rules;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// What PostgreSQL itself is asked about the schema. Each question answers the names of those who
/// break the rule; `plant` is a statement after which it must answer `culprit`.
enum SchemaRule {
    SCHEMAS_SAY_WHAT_THEY_ARE_FOR(
            """
            select nspname from pg_namespace
            where %s and nspname <> 'public' and obj_description(oid, 'pg_namespace') is null
            """
                    .formatted(Ours.SCHEMAS),
            "create schema barn",
            "barn"),

    /// A table's owner is found by its schema, so the common one stays empty.
    NOTHING_STANDS_IN_PUBLIC(
            Ours.TABLES + " and nspname = 'public'",
            "create table public.hay (id int primary key)",
            "public.hay"),

    /// `delete`: rows go with their user. `empty`: the row stays, what is personal in it goes.
    /// `keep 5y (law)`: a law wants it. `none`: nothing personal.
    TABLES_SAY_HOW_THEY_ARE_ERASED(
            Ours.TABLES
                    + """
                     and coalesce(obj_description(c.oid, 'pg_class'), '')
                         !~ '^\\S.*[.!?] erase: (delete|empty|none|keep [0-9]+y \\(.+\\))$'
                    """,
            "comment on table chat.member is 'Who is in. erase: later'",
            "chat.member"),

    TABLES_HAVE_A_PRIMARY_KEY(
            Ours.TABLES
                    + " and not exists (select from pg_constraint where conrelid = c.oid and contype = 'p')",
            "create table chat.hay (id int)",
            "chat.hay"),

    /// Else deleting what is referred to reads the whole table that refers.
    FOREIGN_KEYS_HAVE_AN_INDEX(
            """
            select conrelid::regclass || '.' || conname from pg_constraint f
            where contype = 'f' and not exists (
                select from pg_index i
                where i.indrelid = f.conrelid and i.indpred is null
                  and (i.indkey::int2[])[0:cardinality(f.conkey) - 1] @> f.conkey)
            """,
            """
            create table chat.hay (id int primary key,
                room_id uuid constraint hay_room references chat.room)
            """,
            "chat.hay.hay_room"),

    /// A feature's tables can be taken out without its neighbours; only people are everybody's.
    FOREIGN_KEYS_STAY_AT_HOME(
            """
            select conrelid::regclass || '.' || conname from pg_constraint f
            join pg_class here on here.oid = f.conrelid
            join pg_class there on there.oid = f.confrelid
            where contype = 'f' and there.relnamespace <> here.relnamespace
              and there.relnamespace <> 'identity'::regnamespace
            """,
            """
            create table kit.hay (id int primary key,
                room_id uuid constraint hay_room references chat.room)
            """,
            "kit.hay.hay_room"),

    TIME_HAS_A_ZONE(
            Ours.COLUMNS + " and a.atttypid in ('timestamp'::regtype, 'timetz'::regtype)",
            "alter table chat.member add left_at timestamp",
            "chat.member.left_at"),

    /// Names never need quotes, in SQL or in a shell.
    NAMES_ARE_PLAIN(
            Ours.COLUMNS + " and (a.attname || c.relname || nspname) !~ '^[a-z][a-z0-9_]*$'",
            "alter table chat.member add \"leftAt\" timestamptz",
            "chat.member.\"leftAt\""),

    /// A limit belongs to the command that says it in words; `char(n)` pads.
    TEXT_IS_TEXT(
            Ours.COLUMNS + " and a.atttypid in ('varchar'::regtype, 'bpchar'::regtype)",
            "alter table chat.member add badge varchar(10)",
            "chat.member.badge"),

    /// A constraint that was added without looking at the rows that were there promises nothing.
    CONSTRAINTS_HOLD(
            "select conrelid::regclass || '.' || conname from pg_constraint where not convalidated",
            "alter table chat.member add constraint early check (read_seq > 0) not valid",
            "chat.member.early");

    private final String question;
    private final String plant;
    private final String culprit;

    SchemaRule(String question, String plant, String culprit) {
        this.question = question;
        this.plant = plant;
        this.culprit = culprit;
    }

    List<String> broken(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    void plant(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(plant);
        }
    }

    String culprit() {
        return culprit;
    }

    /// What is ours: not PostgreSQL's own, nor the columns of Flyway's history, whose form is its
    /// own and which it locks while migrations run.
    private static final class Ours {
        static final String SCHEMAS = "nspname !~ '^pg_' and nspname <> 'information_schema'";
        static final String TABLES =
                """
                select nspname || '.' || quote_ident(c.relname) from pg_class c
                join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p') and \
                """
                        + SCHEMAS;
        static final String COLUMNS =
                """
                select nspname || '.' || c.relname || '.' || quote_ident(a.attname)
                from pg_attribute a
                join pg_class c on c.oid = a.attrelid
                join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
                  and c.oid <> 'kit.schema_history'::regclass and \
                """
                        + SCHEMAS;
    }
}
