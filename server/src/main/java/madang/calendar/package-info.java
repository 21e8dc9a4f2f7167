/// Events in other calendars: two ways with Google Calendar, one way as iCalendar (RFC 5545) files
/// and a feed. Owns the schema `calendar` (`connection`, `entry`, `feed`); its API is [Calendar].
///
/// What may surprise:
/// - nothing is ever sent because something happened, but because two sides differ. A fact, a
///   notice of Google, a full round: each only says whom to look at, and may come twice, late or
///   never. What was agreed on last ([Entry]) lies between the two sides, so that a change is told
///   from its echo, and a field that both sides changed from one that either did;
/// - of a connected user one round runs at a time, on whatever node, under a lease;
/// - what Google tells counts as the deed of its user: it changes the events that he made, and of
///   those that others made it only takes him out. What it may not change is written back;
/// - events of Google that did not come from here are shown and never kept.
@NullMarked
package madang.calendar;

import org.jspecify.annotations.NullMarked;
