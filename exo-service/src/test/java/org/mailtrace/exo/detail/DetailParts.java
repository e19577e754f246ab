package org.mailtrace.exo.detail;

import java.util.Map;
import org.mailtrace.exo.Settings;
import org.mailtrace.exo.rows.MessageTraces;

/** What a test of another room needs of this one, put together as the service does. */
public final class DetailParts {
    private DetailParts() {}

    public static Details details(MessageTraces traces) {
        return new Details(traces, Settings.of(DetailSettings.class, Map.of()));
    }
}
