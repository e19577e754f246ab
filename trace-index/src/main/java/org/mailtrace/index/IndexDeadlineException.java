package org.mailtrace.index;

/** A search was given up because its deadline passed; nothing may be concluded from it. */
public final class IndexDeadlineException extends IndexException {
    private static final long serialVersionUID = 1L;

    public IndexDeadlineException(Throwable cause) {
        super("The search took longer than its deadline.", cause);
    }
}
