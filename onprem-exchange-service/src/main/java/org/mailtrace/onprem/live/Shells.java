package org.mailtrace.onprem.live;

import org.mailtrace.onprem.live.wsman.Deadline;

/** Opens shells on one server. */
@FunctionalInterface
interface Shells {
    LiveSession open(Deadline deadline) throws Exception;
}
