package org.mailtrace.standins.story;

import static org.mailtrace.standins.story.Deed.*;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A mail system that the stand-ins play, under the name that the services use for it as a source. */
public enum MailSystem {
    PROOFPOINT("proofpoint"),
    ONPREM_EXCHANGE("onprem-exchange"),
    EXCHANGE_ONLINE("exchange-online");

    private final String word;

    MailSystem(String word) {
        this.word = word;
    }

    /** The system's name in stories and in every answer. */
    public String word() {
        return word;
    }

    boolean knows(Deed deed) {
        return deeds().contains(deed);
    }

    String vocabulary() {
        return deeds().stream().map(Deed::word).collect(Collectors.joining(", "));
    }

    static Optional<MailSystem> of(String word) {
        return Arrays.stream(values()).filter(s -> s.word.equals(word)).findFirst();
    }

    static String all() {
        return Arrays.stream(values()).map(MailSystem::word).collect(Collectors.joining(", "));
    }

    private Set<Deed> deeds() {
        return switch (this) {
            case PROOFPOINT ->
                EnumSet.of(RECEIVE, PASS, QUARANTINE, COPY, RELEASE, DISCARD, REJECT, RETRY, REDIRECT, BOUNCE, DEFER);
            case ONPREM_EXCHANGE ->
                EnumSet.of(
                        SUBMIT,
                        RECEIVE,
                        RESOLVE,
                        EXPAND,
                        REDIRECT,
                        TRANSFER,
                        SEND,
                        SENDEXTERNAL,
                        DELIVER,
                        DEFER,
                        FAIL,
                        DSN,
                        DROP);
            case EXCHANGE_ONLINE ->
                EnumSet.of(
                        RECEIVE,
                        RESOLVE,
                        EXPAND,
                        REDIRECT,
                        TRANSFER,
                        DELIVER,
                        JUNK,
                        QUARANTINE,
                        FILTERED_AS_SPAM,
                        DEFER,
                        FAIL,
                        DROP,
                        SEND);
        };
    }
}
