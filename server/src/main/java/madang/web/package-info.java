/// The pages: the files under `resources/madang/web` and the libraries they load, ready to be
/// answered. Nothing is built: the browser gets the files as they were written.
///
/// Routes are not ours: whoever answers `/`, `/assets/…` and `/webjars/…` asks [Assets].
@NullMarked
package madang.web;

import org.jspecify.annotations.NullMarked;
