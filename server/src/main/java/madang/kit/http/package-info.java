/// The web layer: the route table and the list of filters that every request passes. The only
/// package, with `live` and `app`, that knows the web server's types.
@NullMarked
package madang.kit.http;

import org.jspecify.annotations.NullMarked;
