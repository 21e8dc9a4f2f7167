/// Every mail and short message that the product sends: taken in by SMTP on a port of this machine
/// alone and by the calls of SMS vendors, kept for people to read and for tests to ask. What
/// surprises: a short message stands under its number in E.164, however the vendor writes it.
@NullMarked
package madang.sandbox.inbox;

import org.jspecify.annotations.NullMarked;
