package madang.kit.db;

import java.sql.SQLException;

/// PostgreSQL did not do what a statement asked. Its message names the statement, never its
/// parameters nor the row that was refused: both hold what people wrote, and messages end up in
/// logs.
final class StatementFailed extends RuntimeException {
    StatementFailed(String text, SQLException cause) {
        super(cause.getMessage() + " in: " + text.strip(), cause);
    }

    StatementFailed(SQLException cause) {
        super(cause);
    }
}
