package org.mailtrace.index.sqlite;

import org.mailtrace.index.IndexException;

/** A row does not say what was stored; nothing in the file can be trusted any more. */
final class DamagedRowException extends IndexException {
    private static final long serialVersionUID = 1L;

    DamagedRowException() {
        super("A row of the index is damaged.");
    }
}
