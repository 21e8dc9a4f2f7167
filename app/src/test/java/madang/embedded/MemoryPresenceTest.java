package madang.embedded;

import madang.port.Presence;
import madang.port.PresenceContract;

class MemoryPresenceTest extends PresenceContract {
    private final Presence presence = new MemoryPresence();

    @Override
    protected Presence here() {
        return presence;
    }

    @Override
    protected Presence there() {
        return presence;
    }
}
