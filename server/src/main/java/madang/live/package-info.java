/// Live sockets: who is connected to this node, what each one hears, and how what is said to many
/// reaches each of them without waiting for the slowest. `SocketUpgrade` lets a request in,
/// `LiveSocket` is one peer, `LiveHub` knows them all, `SocketMethods` is what they may call.
///
/// What will surprise you: a socket is only a hint. Whatever it misses the peer asks for again, so
/// a slow one is closed rather than waited for. Nothing parks a thread while a socket is idle: a
/// virtual thread starts with each message that comes and with each batch that goes. And Jetty's
/// own `Frame` is one frame on the wire, ours is one text for many.
@NullMarked
package madang.live;

import org.jspecify.annotations.NullMarked;
