package org.mailtrace.index.packing;

import org.mailtrace.index.IndexException;

/** A row does not say what was stored; nothing in the file can be trusted any more. */
public final class DamagedRowException extends IndexException {
    private static final long serialVersionUID = 1L;

    public DamagedRowException() {
        super("A row of the index is damaged.");
    }
}
