/// What people may ask of us about themselves: to agree and to take it back, to take their data
/// away, to leave and be forgotten. Owns the schema `rights`; its API classes are [Rights] and, for
/// features that need somebody's yes, [Consents].
///
/// What may surprise: it knows no feature that keeps something of people. Each registers what it
/// keeps as `identity.PersonalData`, and an erasure goes through all of them, one by one, noting
/// how far it is, so that it can die anywhere and go on. Proof of it stands in the audit log.
@NullMarked
package madang.rights;

import org.jspecify.annotations.NullMarked;
