package org.mailtrace.index;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Each test has an index of its own, that belongs to a folder of its own. */
public abstract class WithIndex {
    @TempDir
    protected Path folder;

    protected TraceIndex index;

    /** Opens the test's own store, the same every time. */
    protected abstract TraceIndex open();

    @BeforeEach
    void openIt() {
        index = open();
    }

    @AfterEach
    void close() {
        index.close();
    }
}
