package madang.rules;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// The page `docs/database.md`: every schema, table and column in the words of its own comment.
final class DatabasePage {
    private static final String HEAD =
            """
            # The database, table by table

            Made from the comments in PostgreSQL by `./madang test store -Dupdate`; they are written in \
            the migrations. `erase` tells what happens to a row when its user leaves: it is deleted, \
            emptied of what is personal, kept for the years that a law wants, or holds nothing personal.
            """;

    private static final String TABLES =
            """
            select n.nspname, obj_description(n.oid, 'pg_namespace'), c.relname,
                   obj_description(c.oid, 'pg_class'), c.oid
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and not c.relispartition
              and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
            order by n.nspname, c.relname
            """;

    private static final String COLUMNS =
            """
            select a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                   (select p.conrelid::regclass::text from pg_constraint p
                    where p.conrelid = a.attrelid and p.contype = 'p' and a.attnum = any (p.conkey)),
                   (select f.confrelid::regclass::text from pg_constraint f
                    where f.conrelid = a.attrelid and f.contype = 'f' and a.attnum = any (f.conkey)
                    limit 1),
                   col_description(a.attrelid, a.attnum)
            from pg_attribute a
            where a.attrelid::bigint = ? and a.attnum > 0 and not a.attisdropped
            order by a.attnum
            """;

    static String of(Connection connection) throws SQLException {
        StringBuilder page = new StringBuilder(HEAD);
        String schema = "";
        try (Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery(TABLES)) {
            while (tables.next()) {
                if (!schema.equals(tables.getString(1))) {
                    schema = tables.getString(1);
                    page.append("\n## ").append(schema).append("\n\n");
                    page.append(tables.getString(2)).append('\n');
                }
                page.append("\n### ").append(schema).append('.').append(tables.getString(3));
                page.append("\n\n").append(tables.getString(4)).append("\n\n");
                page.append(String.join("\n", columns(connection, tables.getLong(5)))).append('\n');
            }
        }
        return page.toString();
    }

    private static List<String> columns(Connection connection, long table) throws SQLException {
        List<String> rows = new ArrayList<>(List.of("| column | type | |", "|---|---|---|"));
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setLong(1, table);
            ResultSet columns = statement.executeQuery();
            while (columns.next()) {
                rows.add(
                        "| %s | %s%s | %s |"
                                .formatted(
                                        columns.getString(1),
                                        columns.getString(2),
                                        columns.getBoolean(3) ? "" : ", may be null",
                                        notes(columns)));
            }
        }
        return rows;
    }

    private static String notes(ResultSet column) throws SQLException {
        List<String> notes = new ArrayList<>();
        if (column.getString(4) != null) {
            notes.add("Key.");
        }
        if (column.getString(5) != null) {
            notes.add("Refers to " + column.getString(5) + ".");
        }
        if (column.getString(6) != null) {
            notes.add(column.getString(6));
        }
        return String.join(" ", notes);
    }

    private DatabasePage() {}
}
