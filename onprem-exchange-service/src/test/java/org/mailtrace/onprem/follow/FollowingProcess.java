package org.mailtrace.onprem.follow;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.index.sqlite.SqliteIndex;
import org.mailtrace.index.sqlite.SqliteSettings;
import org.mailtrace.onprem.record.RowBody;

/** A process that follows a directory into an index until it is killed, and says a word after every look. */
public final class FollowingProcess {
    private FollowingProcess() {}

    /** Arguments: the directory and the index file. */
    public static void main(String[] arguments) throws InterruptedException {
        try (TraceIndex index = SqliteIndex.open(new SqliteSettings(Path.of(arguments[1]), 1, RowBody.SAMPLE))) {
            ServerFollower follower = follower(Path.of(arguments[0]), index);
            while (true) {
                follower.look();
                System.out.println(follower.state().failure().orElse("looked"));
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
    }

    static ServerFollower follower(Path directory, TraceIndex index) {
        return new ServerFollower(
                "EXCH01",
                new LocalDirectory(directory),
                index,
                new FollowRules(
                        Optional.empty(),
                        1024 * 1024,
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(10),
                        Duration.ofHours(2)),
                new Retention(Duration.ZERO),
                Clock.systemUTC());
    }
}
