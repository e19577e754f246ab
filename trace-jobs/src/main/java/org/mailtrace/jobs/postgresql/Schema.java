package org.mailtrace.jobs.postgresql;

import java.util.List;
import org.mailtrace.postgresql.Migrations;

/**
 * The tables, which are those of the SQLite file. Texts are ordered by their bytes, as there. A job's {@code claim} and an
 * entry's {@code id} tell, where a connection was cut inside a commit, whether that was stored.
 */
final class Schema {
    static final Migrations MIGRATIONS = new Migrations("jobs", List.of("""
            CREATE TABLE job(seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id text COLLATE "C" NOT NULL UNIQUE,
                kind text COLLATE "C" NOT NULL, owner text COLLATE "C" NOT NULL, idempotency_key text COLLATE "C",
                state text COLLATE "C" NOT NULL, request text NOT NULL, digest bytea NOT NULL, checkpoint text,
                progress text NOT NULL, explanation text, created_at bigint NOT NULL, not_before bigint NOT NULL,
                started_at bigint, finished_at bigint, expires_at bigint, keep_for bigint NOT NULL, due_at bigint,
                lease bigint NOT NULL, worker text, claim text COLLATE "C");
            CREATE UNIQUE INDEX job_key ON job(owner, kind, idempotency_key) WHERE idempotency_key IS NOT NULL;
            CREATE INDEX job_due ON job(due_at, seq) WHERE due_at IS NOT NULL;
            CREATE INDEX job_unfinished ON job(kind, owner) WHERE due_at IS NOT NULL;
            CREATE INDEX job_newest ON job(kind, seq);
            CREATE INDEX job_expiry ON job(expires_at) WHERE expires_at IS NOT NULL;
            CREATE TABLE finding(job bigint NOT NULL, key text COLLATE "C" NOT NULL, grp text COLLATE "C" NOT NULL,
                at bigint NOT NULL, body text NOT NULL, PRIMARY KEY(job, key));
            CREATE INDEX finding_member ON finding(job, grp);
            CREATE TABLE finding_group(job bigint NOT NULL, grp text COLLATE "C" NOT NULL,
                minus_first_at bigint NOT NULL, PRIMARY KEY(job, grp));
            CREATE INDEX finding_group_order ON finding_group(job, minus_first_at, grp);
            CREATE TABLE spent(id text COLLATE "C" PRIMARY KEY, name text COLLATE "C" NOT NULL, at bigint NOT NULL,
                requests integer NOT NULL);
            CREATE INDEX spent_at ON spent(name, at);
            CREATE TABLE pause(name text COLLATE "C" PRIMARY KEY, since bigint NOT NULL, until bigint NOT NULL);
            """));

    private Schema() {}
}
