/// The outside world in a box: stand-ins that speak the wire of Kakao and its like, so that every
/// flow can be clicked through and tested with no internet. The product calls them over HTTP as it
/// calls the vendors; only its base URLs differ. What surprises: it lives on the product's own
/// address, keeps everything in memory, and never runs where `APP_ENV` is guarded.
@NullMarked
package madang.sandbox;

import org.jspecify.annotations.NullMarked;
