package org.mailtrace.onprem.live.psrp;

import java.util.Arrays;
import java.util.Optional;

/** The messages that this client sends or understands (MS-PSRP 2.2.1); the others are passed over. */
public enum MessageType {
    SESSION_CAPABILITY(0x00010002),
    INIT_RUNSPACEPOOL(0x00010004),
    CREATE_PIPELINE(0x00021006),
    RUNSPACEPOOL_STATE(0x00021005),
    PIPELINE_OUTPUT(0x00041004),
    ERROR_RECORD(0x00041005),
    PIPELINE_STATE(0x00041006),
    WARNING_RECORD(0x00041009);

    private final int code;

    MessageType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Optional<MessageType> of(int code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }
}
