package org.mailtrace.index.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.mailtrace.index.IndexException;
import org.mailtrace.sqlite.SqliteErrors;
import org.sqlite.SQLiteErrorCode;

/** What is wrong with the store at the moment. Damage stays; a disk that is full may have room again later. */
final class Trouble {
    private final Path file;
    private volatile Optional<String> writing = Optional.empty();
    private volatile boolean damaged;

    Trouble(Path file) {
        this.file = file;
    }

    Optional<String> sentence() {
        return damaged ? Optional.of(Damage.SENTENCE) : writing;
    }

    /** Lets nobody ask a damaged store. */
    void refuseIfDamaged() {
        if (damaged) {
            throw new IndexException(Damage.SENTENCE);
        }
    }

    void written() {
        writing = Optional.empty();
    }

    /** What the caller is told about an error. */
    IndexException of(SQLException error, boolean whileWriting) {
        if (SqliteErrors.isDamage(error)) {
            return damaged(error);
        }
        String sentence = sentence(error, whileWriting);
        if (whileWriting) {
            writing = Optional.of(sentence);
        }
        return new IndexException(sentence, error);
    }

    IndexException damaged(Exception cause) {
        if (!damaged) {
            damaged = true;
            Damage.mark(file, String.valueOf(cause.getMessage()));
        }
        return new IndexException(Damage.SENTENCE, cause);
    }

    private static String sentence(SQLException error, boolean whileWriting) {
        if (SqliteErrors.is(error, SQLiteErrorCode.SQLITE_FULL)) {
            return "The disk that the index is on is full.";
        }
        if (SqliteErrors.is(error, SQLiteErrorCode.SQLITE_READONLY)) {
            return "The index file may not be written to.";
        }
        if (SqliteErrors.is(error, SQLiteErrorCode.SQLITE_BUSY)) {
            return "Another program holds the index.";
        }
        return whileWriting ? "The index could not store what was read." : "The index could not be read.";
    }
}
