package org.mailtrace.index;

/**
 * The right to read a part went to another process, or the store is not as this process left it, as after a switch to a
 * standby that missed something. Nothing was stored. Who gets this forgets what it remembers of the part, and claims it anew.
 */
public final class ClaimLostException extends IndexException {
    private static final long serialVersionUID = 1L;

    public ClaimLostException(String message) {
        super(message);
    }
}
