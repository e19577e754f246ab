package org.mailtrace.index.postgresql;

import org.mailtrace.index.Engine;
import org.mailtrace.index.IndexContract;
import org.mailtrace.index.TraceIndex;

class PostgresqlIndexTest extends IndexContract {
    @Override
    protected TraceIndex open() {
        return Engine.POSTGRESQL.open(folder);
    }
}
