package org.mailtrace.postgresql;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.cache.ConnectionCache;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.agroal.pool.DataSource;
import java.time.Duration;
import org.mailtrace.postgresql.PostgresqlException.Reason;
import org.postgresql.Driver;

/** Connections, none before the first is needed. */
final class Pool {
    /** An idle connection costs the server about ten megabytes. */
    private static final Duration IDLE = Duration.ofMinutes(2);

    /** After a failover, all connections have moved within this time. */
    private static final Duration OLDEST = Duration.ofMinutes(20);

    /** A server that vanished without a word is noticed so much later than the statement's own end. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /**
     * What a process that vanished without a word in the middle of a transaction had locked is free again after so long:
     * before its leases end, so that nobody waits longer for what it held.
     */
    private static final Duration SILENT = Duration.ofSeconds(15);

    private Pool() {}

    static AgroalDataSource of(PostgresqlSettings settings) {
        AgroalConnectionFactoryConfigurationSupplier connections = new AgroalConnectionFactoryConfigurationSupplier()
                .connectionProviderClass(Driver.class)
                .jdbcUrl(settings.url().orElseThrow(() -> missing("url")))
                .autoCommit(false)
                .trackJdbcResources(false)
                .initialSql(initialSql(settings))
                .principal(new NamePrincipal(settings.username().orElseThrow(() -> missing("username"))))
                // Each service has a schema of its own, so that an administrator sees in pg_stat_activity whose they
                // are.
                .jdbcProperty("ApplicationName", settings.schema())
                .jdbcProperty("tcpKeepAlive", "true")
                .jdbcProperty("reWriteBatchedInserts", "true")
                // Values of rows do not belong into errors, which may be logged.
                .jdbcProperty("logServerErrorDetail", "false")
                .jdbcProperty("connectTimeout", seconds(settings.patience()))
                .jdbcProperty(
                        "socketTimeout", seconds(settings.statementTimeout().plus(GRACE)));
        password(settings, connections);
        AgroalConnectionPoolConfigurationSupplier pool = new AgroalConnectionPoolConfigurationSupplier()
                .connectionFactoryConfiguration(connections)
                .connectionCache(ConnectionCache.none())
                .exceptionSorter(new PostgreSQLExceptionSorter())
                .maxSize(settings.poolSize())
                .acquisitionTimeout(settings.patience())
                .reapTimeout(IDLE)
                .maxLifetime(OLDEST);
        return new DataSource(new AgroalDataSourceConfigurationSupplier()
                .metricsEnabled(true)
                .connectionPoolConfiguration(pool)
                .get());
    }

    /**
     * A plan that was made for no value in particular reads all days of a partitioned table: each statement is planned for
     * the values it is asked with. Committed, because otherwise it would be taken back with the first transaction that is.
     */
    private static String initialSql(PostgresqlSettings settings) {
        return "SET plan_cache_mode = force_custom_plan; SET default_transaction_isolation = 'read committed'"
                + "; SET search_path = \"" + identifier(settings.schema())
                + "\", public; SET statement_timeout = "
                + settings.statementTimeout().toMillis()
                + "; SET idle_in_transaction_session_timeout = "
                + Math.min(settings.statementTimeout().toMillis(), SILENT.toMillis()) + "; COMMIT";
    }

    private static String identifier(String schema) {
        if (!schema.matches("[a-z_][a-z0-9_]{0,62}")) {
            throw new PostgresqlException(
                    Reason.REFUSED, "The schema's name has to be of lower-case letters, digits and underlines.");
        }
        return schema;
    }

    private static void password(
            PostgresqlSettings settings, AgroalConnectionFactoryConfigurationSupplier connections) {
        settings.password()
                .<Object>map(SimplePassword::new)
                .or(() -> settings.passwordFile().map(PasswordFile::of))
                .ifPresent(connections::credential);
    }

    private static String seconds(Duration span) {
        return String.valueOf(Math.max(1, span.toSeconds()));
    }

    private static PostgresqlException missing(String setting) {
        return new PostgresqlException(Reason.REFUSED, "The setting postgresql." + setting + " is missing.");
    }
}
