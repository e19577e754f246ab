package org.mailtrace.onprem.meaning;

import java.util.Optional;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.RecipientStatus;

/**
 * What one event id says.
 *
 * @param type the event in the contract's words
 * @param status what it says about the row's recipients; absent when nothing
 * @param reason an open word
 */
record Verdict(EventType type, Optional<RecipientStatus> status, Optional<String> reason) {
    static Verdict event(EventType type) {
        return new Verdict(type, Optional.empty(), Optional.empty());
    }

    static Verdict of(EventType type, RecipientStatus status) {
        return new Verdict(type, Optional.of(status), Optional.empty());
    }

    static Verdict of(EventType type, RecipientStatus status, String reason) {
        return new Verdict(type, Optional.of(status), Optional.of(reason));
    }
}
