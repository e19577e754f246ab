package org.mailtrace.testkit;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kerby.kerberos.kerb.KrbException;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;

/**
 * A realm with a real key distribution centre (Apache Kerby) on a free port of this machine. While it is there, Java's
 * Kerberos in this process asks it. Who uses this brings {@code kerb-simplekdc}.
 */
public final class KerberosRealm implements AutoCloseable {
    private static final String CONFIGURATION = "java.security.krb5.conf";

    private final Optional<String> configurationBefore = Optional.ofNullable(System.getProperty(CONFIGURATION));
    private final SimpleKdcServer kdc = new SimpleKdcServer();
    private final Path folder;
    private int tables;

    /**
     * Starts it.
     *
     * @param name in capitals, such as {@code RIVERCOUNTY.EXAMPLE}
     * @param folder for its files; key tables are among them
     */
    public KerberosRealm(String name, Path folder) throws KrbException {
        this.folder = folder;
        kdc.setKdcRealm(name);
        kdc.setKdcHost("localhost");
        kdc.setAllowUdp(false);
        kdc.setWorkDir(folder.toFile());
        kdc.init();
        kdc.start();
    }

    /** The {@code krb5.conf} by which another process finds it. */
    public Path configuration() {
        return folder.resolve("krb5.conf");
    }

    /**
     * Gives an account another key, and makes the account first if there is none: whatever key table it had is wrong then.
     *
     * @return its new key table
     */
    public Path newKeys(String principal) throws KrbException {
        tables++;
        String password = "synthetic-" + tables;
        if (kdc.getKadmin().getPrincipal(principal) == null) {
            kdc.createPrincipal(principal, password);
        } else {
            kdc.getKadmin().changePassword(principal, password);
        }
        File table = folder.resolve(tables + ".keytab").toFile();
        kdc.exportPrincipal(principal, table);
        return table.toPath();
    }

    @Override
    public void close() throws KrbException {
        kdc.stop();
        configurationBefore.ifPresentOrElse(
                before -> System.setProperty(CONFIGURATION, before), () -> System.clearProperty(CONFIGURATION));
    }
}
