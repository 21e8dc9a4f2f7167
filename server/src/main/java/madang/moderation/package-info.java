/// What people need against people: blocks between them, and reports with their queue for
/// administrators. Owns the schema `moderation` (`block`, `report`); its API is [Moderation].
///
/// What may surprise: it knows none of the things that can be reported. A feature lends it an eye
/// ([Reportable]) that sees a thing as the reporter does, so that nobody can report, and so learn
/// of, what is hidden from him. What was reported is kept as it was then, sealed, because its
/// author may change or delete it in the next moment.
@NullMarked
package madang.moderation;

import org.jspecify.annotations.NullMarked;
