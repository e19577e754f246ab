package org.mailtrace.http.describe;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.smallrye.openapi.runtime.OpenApiConfigHelper;
import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import io.smallrye.openapi.api.SmallRyeOpenAPI;
import io.smallrye.openapi.runtime.io.Format;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.openapi.OASFilter;

/**
 * Reads, completes and writes the document when it is asked for first. Quarkus does that before a service is ready, as JSON and
 * as YAML, which takes a tenth of the start (its later versions wait, as this does). Filters that have to wait for run time are
 * beans; those that run while the service is built are Quarkus's affair.
 */
@Alternative
@Priority(1)
@Singleton
public class LateDescription extends OpenApiDocumentService {
    private final Config settings;
    private final List<OASFilter> filters;
    private final ClassLoader resources = Thread.currentThread().getContextClassLoader();
    private final Lock making = new ReentrantLock();
    private volatile Map<Format, byte[]> written = Map.of();

    LateDescription(Config settings, @All List<OASFilter> filters) {
        this.settings = settings;
        this.filters = filters;
        quarkusLooksIn(new Nothing());
    }

    void started(@Observes StartupEvent event) {
        quarkusLooksIn(null);
    }

    /** For the document that was built; where there is none, it prepares none. */
    private static void quarkusLooksIn(ClassLoader place) {
        OpenApiConstants.classLoader = place;
    }

    @Override
    public byte[] getDocument(String name, Format format) {
        return written().get(format);
    }

    private Map<Format, byte[]> written() {
        if (written.isEmpty()) {
            making.lock();
            try {
                if (written.isEmpty()) {
                    written = write();
                }
            } finally {
                making.unlock();
            }
        }
        return written;
    }

    private Map<Format, byte[]> write() {
        try (InputStream built = resources.getResourceAsStream(OpenApiConstants.BASE_NAME + "." + Format.JSON)) {
            SmallRyeOpenAPI.Builder builder = new AsBuilt()
                    .withConfig(OpenApiConfigHelper.wrap(settings, OpenApiConstants.DEFAULT_DOCUMENT_NAME))
                    .withApplicationClassLoader(resources)
                    .enableModelReader(false)
                    .enableStandardStaticFiles(false)
                    .enableAnnotationScan(false)
                    .enableStandardFilter(false)
                    .withCustomStaticFile(() -> built);
            filters.forEach(builder::addFilter);
            SmallRyeOpenAPI document = builder.build();
            return Map.of(
                    Format.JSON,
                    document.toJSON().getBytes(StandardCharsets.UTF_8),
                    Format.YAML,
                    document.toYAML().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes what was made while the service was built, and looks for nothing else. */
    private static final class AsBuilt extends SmallRyeOpenAPI.Builder {
        @Override
        public SmallRyeOpenAPI build() {
            BuildContext<Object, Object, Object, Object, Object> context = getContext();
            buildPrepare(context);
            buildStaticModel(context);
            return buildFinalize(context);
        }
    }

    /** Finds no resource. */
    private static final class Nothing extends ClassLoader {
        @Override
        public InputStream getResourceAsStream(String name) {
            return null;
        }
    }
}
