/// Time that people offer and others take: a business publishes slots, one by one or by the hours
/// of its week, and whoever books one has an event with it. And the other way round: several find a
/// time by a poll. Owns the tables of schema `slots`; its API classes are [Slots] and [Polls].
///
/// What may surprise: a booked slot is an event of its host, made with the first booking and shared
/// by all who book; leaving the event gives the place back, calling it off closes the slot. A place
/// that is held is taken until its time is over, without anybody cleaning up. All that is booked
/// from one host goes one after the other, because two slots of his may exclude each other.
@NullMarked
package madang.slots;

import org.jspecify.annotations.NullMarked;
