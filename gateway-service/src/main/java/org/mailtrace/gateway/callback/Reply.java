package org.mailtrace.gateway.callback;

import java.util.Optional;

/**
 * What an address answered; its body is not read.
 *
 * @param retryAfter when it may be called again, as it said it
 */
record Reply(int status, Optional<String> retryAfter) {}
