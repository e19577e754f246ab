package org.mailtrace.onprem.live.wsman;

import java.util.UUID;

/** Where the random ids of a session come from. */
public interface Ids {
    /** Id of the session; asked for once. */
    UUID session();

    /** Id of the shell, which is its runspace pool too; asked for once. */
    UUID shell();

    /** Id of the next command. */
    UUID command();

    /** Id of the next request. */
    UUID message();

    /** Random ones. */
    static Ids random() {
        return new Ids() {
            @Override
            public UUID session() {
                return UUID.randomUUID();
            }

            @Override
            public UUID shell() {
                return UUID.randomUUID();
            }

            @Override
            public UUID command() {
                return UUID.randomUUID();
            }

            @Override
            public UUID message() {
                return UUID.randomUUID();
            }
        };
    }
}
