package org.mailtrace.gateway.callback;

import java.time.Duration;
import java.util.Optional;

/** What the address answered; its body is not read. */
record Reply(int status, Optional<Duration> retryAfter) {}
