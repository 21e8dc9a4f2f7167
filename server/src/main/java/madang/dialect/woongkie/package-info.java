/// The face of woongkie-talkie: its browser clients and load scripts run against Madang unmodified.
/// `WoongkieFeature` hangs it up, `WoongkieFace` is how it speaks HTTP, `RoomSocket` its socket;
/// the `…Api` classes translate its routes onto identity and chat, and `Translator` puts what those
/// answer into its JSON.
///
/// What will surprise you: a user is known by username and not by id; everybody signed in may read
/// and speak in a public room, so speaking there makes him a member; all sentences are Korean,
/// because its clients are, and stand in `words.properties` together with the status they go with.
@NullMarked
package madang.dialect.woongkie;

import org.jspecify.annotations.NullMarked;
