package madang.rules.planted.chat;

import java.sql.Connection;
import org.eclipse.jetty.server.Request;

/// A feature that knows its web server and holds a connection.
record Doorway(Request request, Connection connection) {}
