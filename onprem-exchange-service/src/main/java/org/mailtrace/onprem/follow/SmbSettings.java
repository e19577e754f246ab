package org.mailtrace.onprem.follow;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** A share that is read without being mounted; signed in with NTLM. */
public interface SmbSettings {
    /** The file server, usually the Exchange server itself. */
    String host();

    /** Its port. */
    @WithDefault("445")
    int port();

    /** The share's name, such as {@code MsgTrk$}. */
    String share();

    /** The folder within the share; the share itself without it. */
    Optional<String> path();

    /** An account that may read there, and nothing else. */
    String user();

    /** The account's domain. */
    Optional<String> domain();

    /** A file that holds the password; read anew at each connection, so that it can be changed. */
    Path passwordFile();

    /** Whether every message must be signed. */
    @WithDefault("true")
    boolean signing();

    /** Whether everything must be encrypted (SMB 3). */
    @WithDefault("true")
    boolean encryption();
}
