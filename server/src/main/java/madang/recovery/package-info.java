/// Proofs by mail and short message: forgotten passwords, e-mail addresses and phone numbers that
/// somebody says are his, signing in by a link or a code, and notices of what happened to an
/// account. Owns the schema `recovery`; [Recovery] is what it does.
///
/// What may surprise: a letter is written when it leaves. The request only notes that somebody
/// asked for one, the same row whether or not anybody has the address, and so takes the same time;
/// who it is for, and the token in its link, is found by the [Postman] on whatever node he works.
@NullMarked
package madang.recovery;

import org.jspecify.annotations.NullMarked;
