/// What an operator may set, as typed records. A record of settings declares its keys with `@Key`;
/// [Settings#load] finds their values, and stops the start with every problem at once.
///
/// The way of a value: [Sources] (environment, `.env`, the settings file) → the names of other
/// systems, told in ours by the table `aliases.tsv` ([Alias], [Template]) → one value a key
/// ([Reading]: two names that disagree are a problem) → the records ([Settings]).
///
/// To add a key, add a component to a feature's record; to let an old name set it, add a row to the
/// table. `.env.example` and `./madang config` come from the same records ([ConfigReference]).
@NullMarked
package madang.kit.settings;

import org.jspecify.annotations.NullMarked;
