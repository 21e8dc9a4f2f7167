/** Where a message stands, in its room or in its thread. */
export const linkTo = ({ room, seq, thread }) => `/chat/${room}?${thread ? `thread=${thread}&` : ''}at=${seq}`;
