package org.mailtrace.gateway.callback;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.mailtrace.gateway.store.StoredJson;
import org.mailtrace.gateway.store.Workers;
import org.mailtrace.gateway.words.CallbackWords;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.NewJob;

/** Call-backs: durable like the reports whose end they tell. */
@Startup
@ApplicationScoped
public class Callbacks {
    static final String KIND = "gateway-callback";

    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

    private final Jobs jobs;
    private final StoredJson json;
    private final Guard guard;
    private final Optional<Signature> signature;
    private final CallbackSettings settings;
    private final Workers workers;

    Callbacks(
            Jobs jobs,
            StoredJson json,
            Caller caller,
            CallbackSettings settings,
            CallbackMetrics metrics,
            Clock clock) {
        this.jobs = jobs;
        this.json = json;
        this.settings = settings;
        this.guard = new Guard(settings, InetAddress::getAllByName);
        this.signature = settings.secret().map(Signature::new);
        Delivery delivery = new Delivery(
                jobs,
                json,
                guard,
                caller,
                signature,
                settings,
                metrics,
                clock,
                () -> ThreadLocalRandom.current().nextDouble());
        this.workers = new Workers(
                KIND,
                jobs,
                new Workers.Numbers(settings.workers(), settings.lease(), settings.poll()),
                delivery::run,
                () -> {});
    }

    @PostConstruct
    void start() {
        workers.start();
    }

    void stop(@Observes ShutdownEvent event) {
        workers.stop(STOP_WITHIN);
    }

    /** Why an address would not be called, in one sentence; it is checked again whenever it is called. */
    public Optional<String> refusal(String url) {
        if (signature.isEmpty()) {
            return Optional.of(CallbackWords.NO_SECRET);
        }
        try {
            guard.address(guard.target(url));
            return Optional.empty();
        } catch (RefusedException e) {
            return Optional.of(e.getMessage());
        } catch (UnknownHostException e) {
            // It may have an address by the time that it is called.
            return Optional.empty();
        }
    }

    /**
     * Calls back once the report is over; ordered again for the same report it changes nothing.
     *
     * @param status how the report ends
     * @param href where it is
     */
    public void order(String owner, String report, String url, String status, String href) {
        jobs.submit(new NewJob(
                KIND,
                owner,
                Optional.of(report),
                json.write(new Errand(url, report, status, href)),
                json.write(Memory.empty()),
                settings.keepFor()));
        workers.ring();
    }

    /** How the call-back of a report stands, if there is one. */
    public Optional<CallbackView> of(String owner, String report) {
        return jobs.find(KIND, owner, report).map(this::view);
    }

    private CallbackView view(Job job) {
        Memory memory = json.read(job.progress(), Memory.class);
        boolean waits = job.state() == JobState.QUEUED && !memory.attempts().isEmpty();
        return new CallbackView(
                memory.state(), memory.attempts(), Optional.of(job.notBefore()).filter(moment -> waits));
    }
}
