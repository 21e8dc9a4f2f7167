/// Coming in with an account at Kakao, Google or Naver, and what those tell us later. Owns the
/// schema `social` (`attempt`, `link`, `goodbye`, `heard_event`); neighbours ask [Social].
///
/// What may surprise: somebody is known by issuer and subject alone, an e-mail address never joins
/// two accounts unless both sides saw the proof. No provider is asked while a transaction is open,
/// so a link ends here first and there later (`goodbye`). Providers' drivers stand in the module
/// `adapters` behind [SocialLogin]; without a client id they speak to the sandbox.
@NullMarked
package madang.social;

import org.jspecify.annotations.NullMarked;
