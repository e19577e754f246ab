package org.mailtrace.exo.cmdlet;

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
public final class CmdletFixture {
    private CmdletFixture() {}

    public static Cmdlets cmdlets(
            Map<String, String> values,
            Wire wire,
            AccessTokens tokens,
            CredentialWatch watch,
            RequestBudget budget,
            Clock clock) {
        return new Cmdlets(
                Settings.of(CmdletSettings.class, values), wire, tokens, watch, budget, new ObjectMapper(), clock);
    }

    public static MessageTraces traces(
            Map<String, String> values,
            Wire wire,
            AccessTokens tokens,
            CredentialWatch watch,
            RequestBudget budget,
            Clock clock) {
        return new CmdletTraces(
                cmdlets(values, wire, tokens, watch, budget, clock), Settings.of(CmdletSettings.class, values), clock);
    }
}
