package org.mailtrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Starts everything once for all test classes, and stops it after the last. Classes that ask it run side by side; one that
 * stops some of it has it alone, by {@link #IT}.
 */
final class RunningMailtrace implements BeforeAllCallback {
    /** The lock: read by those who need all of it alive, written by who stops something. */
    static final String IT = "the running Mailtrace";

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(RunningMailtrace.class))
                .computeIfAbsent(Started.class);
    }

    /** The started system; JUnit closes it when the run ends. */
    static final class Started implements AutoCloseable {
        Started() {
            Launcher.run("down");
            Launcher.Result up =
                    Packaged.NATIVE ? Launcher.run("up", "--detach", "--native") : Launcher.run("up", "--detach");
            assertThat(up.exitCode()).as(up.output()).isZero();
            if (Packaged.NATIVE) {
                assertThat(up.output()).doesNotContain("runs on Java");
            }
        }

        @Override
        public void close() {
            Launcher.run("down");
        }
    }
}
