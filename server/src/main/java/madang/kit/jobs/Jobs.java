package madang.kit.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import madang.kit.ErrorReporter;
import madang.kit.Ids;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// The jobs of the house. A feature names its job and says when; each run happens on one node,
/// shows in the log where it took long, and leaves the next ones alone where it fails.
public final class Jobs {
    private static final Logger log = LoggerFactory.getLogger(Jobs.class);
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofSeconds(1);
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    private final ErrorReporter errors;
    private final Ids ids;
    private final List<RecurringTask<Void>> tasks = new ArrayList<>();
    private @Nullable Scheduler scheduler;

    public Jobs(ErrorReporter errors, Ids ids) {
        this.errors = errors;
        this.ids = ids;
    }

    /// A job that runs again this long after it ended.
    public void every(Duration pause, String name, Runnable work) {
        add(name, Schedules.fixedDelay(pause), work);
    }

    /// A job that runs once a day, at this time in Korea.
    public void daily(LocalTime time, String name, Runnable work) {
        add(name, Schedules.daily(SEOUL, time), work);
    }

    public void start(DataSource database) {
        scheduler =
                Scheduler.create(database)
                        .tableName("kit.scheduled_tasks")
                        .startTasks(tasks)
                        .pollingInterval(LOOK)
                        .executorService(Executors.newVirtualThreadPerTaskExecutor())
                        .shutdownMaxWait(Duration.ofSeconds(5))
                        .build();
        scheduler.start();
    }

    public void stop() {
        if (scheduler != null) {
            scheduler.stop();
        }
    }

    private void add(String name, Schedule schedule, Runnable work) {
        tasks.add(
                Tasks.recurring(name, schedule).execute((instance, context) -> timed(name, work)));
    }

    private void timed(String name, Runnable work) {
        long started = System.nanoTime();
        try {
            work.run();
        } catch (RuntimeException failed) {
            errors.report(failed, "job " + name, ids.next().toString());
            throw failed;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        log.atLevel(took.compareTo(LONG) < 0 ? Level.DEBUG : Level.INFO)
                .log("job {} took {} ms", name, took.toMillis());
    }
}
