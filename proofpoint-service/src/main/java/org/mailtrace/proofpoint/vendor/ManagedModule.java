package org.mailtrace.proofpoint.vendor;

/** The two modules of the REST API that an API role must carry. */
public enum ManagedModule {
    SMART_SEARCH("Smart Search", "pss"),
    QUARANTINE("the quarantine", "Quarantine");

    private final String called;
    private final String permission;

    ManagedModule(String called, String permission) {
        this.called = called;
        this.permission = permission;
    }

    /** As a person calls it. */
    public String called() {
        return called;
    }

    /** As the administration console lists it among a role's managed modules. */
    public String permission() {
        return permission;
    }
}
