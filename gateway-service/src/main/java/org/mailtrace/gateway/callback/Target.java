package org.mailtrace.gateway.callback;

/**
 * Where a call-back goes, by name.
 *
 * @param secure whether it is https
 * @param host a name or a literal address, an IPv6 one in brackets
 * @param path with the query
 */
record Target(boolean secure, String host, int port, String path) {
    /** As TLS and the Host header name it. */
    String bareHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
