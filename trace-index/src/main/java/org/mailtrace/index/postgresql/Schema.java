package org.mailtrace.index.postgresql;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mailtrace.postgresql.Migrations;

/**
 * The tables. One row per message with its log rows pressed into it, as in the other stores; whatever it is found by,
 * addresses, domains and ids, is a term: 128 bits of a digest, so that no table of words has to be shared, locked and
 * cleaned. Times are milliseconds since 1970.
 *
 * <p>Messages, terms and further blocks are partitioned by the day of the message's first row. What has no day of its own
 * (of long ago, of the far future, or left over when its day was dropped) stands in the rest. Only {@code home} spans all
 * days: it says where a message stands by its group.
 */
final class Schema {
    /** The code of the error when the extension for trigrams is missing and may not be made. */
    static final String NO_TRIGRAMS = "MT001";

    static final List<String> PARTITIONED = List.of("term", "message", "block");

    private static final Map<String, String> KEYS = Map.of(
            "term", "term, first_seen, message", "message", "id, first_seen", "block", "message, from_row, first_seen");

    private static final String TRIGRAMS = """
            DO $$
            BEGIN
              IF NOT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm') THEN
                BEGIN
                  CREATE EXTENSION pg_trgm SCHEMA public;
                EXCEPTION WHEN OTHERS THEN
                  BEGIN
                    CREATE EXTENSION pg_trgm;
                  EXCEPTION WHEN OTHERS THEN
                    -- Another service that starts in this database may have made it meanwhile.
                    IF NOT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm') THEN
                      RAISE EXCEPTION USING ERRCODE = 'MT001', MESSAGE = 'pg_trgm is missing';
                    END IF;
                  END;
                END;
              END IF;
            END $$;
            """;

    private static final String TABLES = """
            CREATE TABLE setting(name text PRIMARY KEY, value text NOT NULL);
            CREATE SEQUENCE message_number;
            CREATE TABLE home(grp uuid PRIMARY KEY, message bigint NOT NULL, first_seen bigint NOT NULL);
            CREATE INDEX home_age ON home(first_seen);
            CREATE TABLE term(term uuid NOT NULL, first_seen bigint NOT NULL, message bigint NOT NULL,
              noise boolean NOT NULL, PRIMARY KEY(term, first_seen, message)) PARTITION BY RANGE(first_seen);
            CREATE TABLE term_rest PARTITION OF term DEFAULT;
            CREATE TABLE message(id bigint NOT NULL, first_seen bigint NOT NULL, last_seen bigint NOT NULL,
              flags smallint NOT NULL, full_rows integer NOT NULL, grp text COLLATE "C" NOT NULL,
              subject text COLLATE "C" NOT NULL, terms bytea NOT NULL, data bytea NOT NULL,
              PRIMARY KEY(id, first_seen)) PARTITION BY RANGE(first_seen);
            ALTER TABLE message ALTER COLUMN data SET STORAGE EXTERNAL, ALTER COLUMN terms SET STORAGE EXTERNAL;
            CREATE INDEX message_age ON message(last_seen);
            CREATE TABLE message_rest PARTITION OF message DEFAULT;
            CREATE TABLE block(message bigint NOT NULL, from_row integer NOT NULL, first_seen bigint NOT NULL,
              data bytea NOT NULL, PRIMARY KEY(message, from_row, first_seen)) PARTITION BY RANGE(first_seen);
            ALTER TABLE block ALTER COLUMN data SET STORAGE EXTERNAL;
            CREATE TABLE block_rest PARTITION OF block DEFAULT;
            CREATE TABLE checkpoint(part text COLLATE "C" NOT NULL, stream text COLLATE "C" NOT NULL,
              position bytea NOT NULL, PRIMARY KEY(part, stream));
            CREATE TABLE coverage(part text COLLATE "C" NOT NULL, lane text COLLATE "C" NOT NULL,
              since bigint NOT NULL, until bigint NOT NULL, PRIMARY KEY(part, lane));
            CREATE TABLE dead_letter(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              part text COLLATE "C" NOT NULL, stream text COLLATE "C" NOT NULL, place bigint NOT NULL,
              reason text NOT NULL, excerpt bytea NOT NULL, digest bytea NOT NULL, at bigint NOT NULL,
              UNIQUE(part, stream, place, digest));
            CREATE TABLE claim(part text COLLATE "C" PRIMARY KEY, holder uuid NOT NULL, term bigint NOT NULL,
              steps bigint NOT NULL, until timestamptz NOT NULL);
            """;

    /** The operators of the extension are named by its schema, wherever an administrator has put it. */
    private static final String SUBJECTS = """
            DO $$
            BEGIN
              EXECUTE (SELECT format('CREATE INDEX message_subject ON message USING gin(subject %I.gin_trgm_ops)',
                n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm');
            END $$;
            """;

    /**
     * Each day has its keys for itself, where they are unique anyway: beside a key of all days, no day may stand on another
     * server. A day that is taken out keeps its key and its other indexes, so none is built anew; only that its messages are
     * of that day is looked through when it is put back.
     */
    private static final String KEYS_OF_DAYS = """
            DO $$
            DECLARE
              days text;
              names regclass[];
              bounds text[];
            BEGIN
              FOREACH days IN ARRAY ARRAY['term', 'message', 'block'] LOOP
                SELECT array_agg(c.oid::regclass ORDER BY c.oid), array_agg(pg_get_expr(c.relpartbound, c.oid) ORDER BY c.oid)
                  INTO STRICT names, bounds
                  FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid WHERE inhparent = to_regclass(days);
                FOR i IN 1 .. array_length(names, 1) LOOP
                  EXECUTE format('ALTER TABLE %I DETACH PARTITION %s', days, names[i]);
                END LOOP;
                EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', days, days || '_pkey');
                FOR i IN 1 .. array_length(names, 1) LOOP
                  EXECUTE format('ALTER TABLE %I ATTACH PARTITION %s %s', days, names[i], bounds[i]);
                END LOOP;
              END LOOP;
            END $$;
            """;

    static final Migrations MIGRATIONS = new Migrations("index", List.of(TRIGRAMS + TABLES + SUBJECTS, KEYS_OF_DAYS));

    private Schema() {}

    /** The columns that no two rows of a day share. */
    static String key(String table) {
        return Objects.requireNonNull(KEYS.get(table));
    }
}
