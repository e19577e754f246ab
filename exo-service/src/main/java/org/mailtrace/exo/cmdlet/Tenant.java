package org.mailtrace.exo.cmdlet;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.words.InterfaceWords;
import org.mailtrace.http.guard.SourceFailure;

/** The tenant's id, by configuration or as the access token names it ({@code tid}). */
record Tenant(Optional<String> configured, ObjectMapper json) {
    /** @throws IllegalStateException if the configured id is no GUID */
    Tenant {
        configured = configured
                .filter(text -> !text.isBlank())
                .map(text -> MailId.guid(text)
                        .orElseThrow(() -> new IllegalStateException("Set mailtrace.exo.tenant-id to a GUID.")));
    }

    /**
     * The id for a request that carries this token. The token's signature is not checked: it came from Microsoft over
     * TLS, and the id only says in which tenant Microsoft is to look.
     *
     * @throws SourceFailure if nothing tells it
     */
    String of(String token) {
        return configured
                .or(() -> tid(token))
                .orElseThrow(() -> new SourceFailure(SourceState.DENIED, InterfaceWords.TENANT_UNKNOWN));
    }

    private Optional<String> tid(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
            return MailId.guid(json.readTree(claims).path("tid").asText(""));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot fail to be read", e);
        }
    }
}
