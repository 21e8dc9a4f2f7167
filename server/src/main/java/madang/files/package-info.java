/// Files: what people bring in. Owns the schema `files`; its API is `Files`, for every feature that
/// lets people show each other pictures and documents.
///
/// What surprises: a file has a row before it has bytes, and every row knows who keeps it (a
/// message of a room). Whenever that may have changed the row gets a time at which its keeper is
/// asked; who is kept by nobody goes. So neither a crash between two steps nor a failed message
/// leaves bytes that nobody finds again. Pictures lose their metadata byte by byte and are decoded
/// only for a thumbnail, or where they lie on their side.
@NullMarked
package madang.files;

import org.jspecify.annotations.NullMarked;
