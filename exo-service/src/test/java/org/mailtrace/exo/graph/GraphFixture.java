package org.mailtrace.exo.graph;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.Map;
import org.mailtrace.exo.Settings;
import org.mailtrace.exo.quota.RequestBudget;
import org.mailtrace.exo.rows.MessageTraces;
import org.mailtrace.exo.token.AccessTokens;
import org.mailtrace.exo.token.CredentialWatch;
import org.mailtrace.exo.wire.Wire;

/** Makes what other rooms' tests need of this one. */
public final class GraphFixture {
    private GraphFixture() {}

    public static MessageTraces client(
            Map<String, String> values,
            Wire wire,
            AccessTokens tokens,
            CredentialWatch watch,
            RequestBudget budget,
            Clock clock) {
        return new GraphClient(
                Settings.of(GraphSettings.class, values), wire, tokens, watch, budget, new ObjectMapper(), clock);
    }
}
