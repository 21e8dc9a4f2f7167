/// Who is there, over the whole house: somebody is online while any of his sockets is open on any
/// node. Owns no tables; its API is [People].
///
/// What may surprise: nothing here is told to everybody. A socket names the people whom it watches,
/// and hears only of those whom an [Acquaintance] lets it see; a change costs the bus one small
/// hint, whose listeners ask presence itself what is true, once for all that changed.
@NullMarked
package madang.people;

import org.jspecify.annotations.NullMarked;
