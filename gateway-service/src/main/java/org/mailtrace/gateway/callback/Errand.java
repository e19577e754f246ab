package org.mailtrace.gateway.callback;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A call-back as it is stored.
 *
 * @param url where to
 * @param report whose end it tells
 * @param status how that ended
 * @param href where the report is
 */
@RegisterForReflection
record Errand(String url, String report, String status, String href) {}
