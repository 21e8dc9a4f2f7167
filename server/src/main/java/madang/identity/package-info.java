/// Who is who: accounts, sign-in, sessions and their tokens. Owns the schema `identity` (`users`,
/// `bot`, `session`, `socket_ticket`); neighbours ask [Identity], never the tables.
///
/// What may surprise: a session is one row for all of its refresh tokens
/// (docs/decisions/refresh-tokens.md); access tokens are checked without the database, so what ends
/// them early is a set in memory ([EndedSessions]); an unknown user costs a hash like a known one.
@NullMarked
package madang.identity;

import org.jspecify.annotations.NullMarked;
