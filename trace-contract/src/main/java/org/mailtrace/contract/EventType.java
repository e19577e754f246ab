package org.mailtrace.contract;

/** What happened at one moment; the vendor's own word stands in the event's {@code raw} list. */
public enum EventType {
    RECEIVE,
    SUBMIT,
    FILTER,
    QUARANTINE,
    RELEASE,
    RESOLVE,
    EXPAND,
    REDIRECT,
    TRANSFER,
    SEND,
    DEFER,
    DELIVER,
    JUNK,
    FAIL,
    BOUNCE,
    REJECT,
    DISCARD,
    RECALL,
    MODERATION,
    OTHER
}
