package org.mailtrace.gateway.callback;

/** What has become of a call-back. */
public enum CallbackState {
    /** It is still to be made, for the first time or again. */
    PENDING,
    /** It was taken. */
    DELIVERED,
    /** The address said that it is gone (410); it is not called again. */
    DISABLED,
    /** It was given up: the address may not be called, or no attempt succeeded. */
    FAILED
}
