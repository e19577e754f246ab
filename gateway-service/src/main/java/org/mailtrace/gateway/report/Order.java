package org.mailtrace.gateway.report;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a caller ordered, as it is stored. It holds nothing that depends on the moment or on the address that the gateway
 * was called by, so that an order that is sent twice is recognised.
 */
@RegisterForReflection
record Order(TreeMap<String, List<String>> parameters, Optional<String> callbackUrl) {
    Order {
        callbackUrl = callbackUrl == null ? Optional.empty() : callbackUrl;
    }
}
