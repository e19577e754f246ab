package org.mailtrace.exo.token;

import java.util.Map;

/** How the application proves who it is: a secret, or an assertion signed with the key of its certificate. */
interface ClientCredential {
    /** The form parameters that carry the proof; made anew for every request, because an assertion expires. */
    Map<String, String> parameters();
}
