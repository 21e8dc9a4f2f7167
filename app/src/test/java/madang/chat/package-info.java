/// Chat over real HTTP, real sockets and a real database.
package madang.chat;
