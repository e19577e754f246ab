package org.mailtrace.standins;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;
import org.mailtrace.standins.exo.identity.AppCertificate;
import org.mailtrace.standins.onprem.TrackingLogs;
import org.mailtrace.standins.state.ServiceSettings;
import org.mailtrace.standins.state.StateDirectory;
import org.mailtrace.standins.story.StoryBook;

/** Makes the fresh demo state before the application reports ready. */
@ApplicationScoped
class Starter {
    private static final Logger LOG = Logger.getLogger(Starter.class);

    void start(
            @Observes StartupEvent event,
            StoryBook book,
            StateDirectory state,
            TrackingLogs trackingLogs,
            AppCertificate certificate,
            ServiceSettings settings) {
        state.makeFresh();
        trackingLogs.begin();
        certificate.prepare();
        settings.write();
        LOG.infof(
                "The stand-ins play %d stories for %d servers.",
                book.stories().size(), book.organisation().servers().size());
    }
}
