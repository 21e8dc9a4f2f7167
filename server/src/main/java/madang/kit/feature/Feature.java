package madang.kit.feature;

import madang.kit.db.Outbox;
import madang.kit.http.Routes;
import madang.kit.jobs.Jobs;

/// A feature as the house hangs it up and runs it; what a feature has none of, it leaves out. A
/// feature is built from those that it knows, starts after them and stops before them.
public interface Feature {
    default void routes(Routes routes) {}

    /// What it does when a fact is heard: at least once, in any order with other features.
    default void listeners(Outbox outbox) {}

    default void jobs(Jobs jobs) {}

    /// After the migrations, before the first request.
    default void start() {}

    /// The house answers from now on, itself too.
    default void opened() {}

    /// The house is about to answer no more.
    default void closing() throws InterruptedException {}

    /// After the last request. What was accepted is stored when this returns.
    default void stop() throws InterruptedException {}
}
