package org.mailtrace.exo;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** The service asks by cmdlet. */
public final class ExchangeResource implements QuarkusTestResourceLifecycleManager {
    private static FakeExchange exchange;

    static FakeExchange exchange() {
        return exchange;
    }

    @Override
    public Map<String, String> start() {
        try {
            exchange = new FakeExchange();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "mailtrace.exo.transport",
                "cmdlet",
                "mailtrace.exo.exchange-url",
                exchange.url(),
                "mailtrace.exo.tenant-id",
                Vendor.TENANT,
                "mailtrace.exo.graph-url",
                "nowhere");
    }

    @Override
    public void stop() {
        exchange.close();
    }
}
