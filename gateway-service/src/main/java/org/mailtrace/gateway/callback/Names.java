package org.mailtrace.gateway.callback;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** How names become addresses. */
@FunctionalInterface
interface Names {
    /** All addresses of a name. */
    InetAddress[] lookUp(String host) throws UnknownHostException;
}
