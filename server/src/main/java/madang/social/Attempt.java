package madang.social;

import madang.kit.Id;
import madang.kit.Session;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// A browser on its way to a provider and back: what it set out for. With a linker it wants an
/// account added to his own, else somebody in. `agreed` is what he agreed to before, should he be
/// new.
record Attempt(
        String redirectUri,
        String goesTo,
        @Nullable Id<User> linker,
        @Nullable Id<Session> session,
        String agreed) {}
