/// An appointment becomes a conversation: an event is what some people agree to do at a time, and
/// every event has its own people, its own chat and a record of everything that happened to it.
/// Owns the tables of schema `events`; its API is [Events].
///
/// What may surprise: the creator has a row among the participants, so that one index finds
/// everybody's events, but is never shown as one. What may happen to an event is decided in one
/// place, [Transition], for every status, person and deed. An event's chat is a channel: who is in
/// it follows from who is in the event, in the same transaction.
@NullMarked
package madang.events;

import org.jspecify.annotations.NullMarked;
