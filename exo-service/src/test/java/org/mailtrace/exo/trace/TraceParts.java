package org.mailtrace.exo.trace;

import java.time.Clock;
import java.util.Map;
import org.mailtrace.exo.Settings;
import org.mailtrace.exo.detail.DetailSettings;
import org.mailtrace.exo.quota.QuotaSettings;
import org.mailtrace.exo.quota.RequestBudget;

/** What a test of another room needs of this one, put together as the service does. */
public final class TraceParts {
    private TraceParts() {}

    public static Observations observations() {
        Organisation organisation = new Organisation(
                Settings.of(OrganisationSettings.class, Map.of("mailtrace.domains", "rivercounty.example")));
        return new Observations(
                new RecipientReader(organisation),
                new OriginReader(organisation),
                Settings.of(TraceSettings.class, Map.of()));
    }

    public static Costs costs(RequestBudget budget, Map<String, String> settings, Clock clock) {
        return new Costs(
                new InMemoryTraces(),
                budget,
                Settings.of(QuotaSettings.class, settings),
                Settings.of(DetailSettings.class, settings),
                Settings.of(ReportLimits.class, settings),
                Settings.of(TraceSettings.class, settings),
                clock);
    }
}
