package org.mailtrace.contract;

/** Whether the vendor accepts the service's credentials. */
public enum CredentialState {
    /** Not tried yet since the start, or the source needs none. */
    UNKNOWN,
    WORKING,
    REFUSED
}
