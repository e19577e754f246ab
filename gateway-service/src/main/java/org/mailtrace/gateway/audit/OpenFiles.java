package org.mailtrace.gateway.audit;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files of records that are open for one question. In years there are thousands, one of every gateway that ever was; so
 * only those are open that were used last, and others are opened again when it is their turn. For one thread.
 */
final class OpenFiles implements AutoCloseable {
    /** More than there are gateways at a time: only what was written at the same time is read at the same time. */
    private static final int MOST = 64;

    private final Map<Reading, Boolean> used = new LinkedHashMap<>(MOST, 0.75f, true);

    /** Makes room for a file that is about to be used, unless it is open. */
    void use(Reading file) throws IOException {
        if (!used.containsKey(file) && used.size() == MOST) {
            Reading longestUnused = used.keySet().iterator().next();
            used.remove(longestUnused);
            longestUnused.letGo();
        }
        used.put(file, true);
    }

    int count() {
        return used.size();
    }

    @Override
    public void close() throws IOException {
        for (Reading file : used.keySet()) {
            file.letGo();
        }
        used.clear();
    }
}
