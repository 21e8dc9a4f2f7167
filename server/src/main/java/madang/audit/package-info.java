/// What those who may do much have done: who suspended whom, who looked at whose private data, who
/// is gone for good. Owns the schema `audit` (`entry`, `seal`, `unsealed`); everybody may note by
/// [Audit], inside the transaction of the deed, so that neither stands without the other.
///
/// What may surprise: an entry is written without waiting for anybody and joins the hash chain a
/// moment later (docs/decisions/audit-chain.md); the tables refuse to be changed, by whomever.
@NullMarked
package madang.audit;

import org.jspecify.annotations.NullMarked;
