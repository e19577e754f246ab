package org.mailtrace.gateway.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.mailtrace.contract.Fault;
import org.mailtrace.gateway.words.AuditWords;

/** What a question must say of itself where it is asked, as far as it is configured. */
@ApplicationScoped
public class Purpose {
    /** The parameters in which a question says for what and why it is asked. */
    public static final Set<String> PARAMETERS = Set.of("ticket", "reason");

    private final AuditSettings settings;

    public Purpose(AuditSettings settings) {
        this.settings = settings;
    }

    /** What is missing, given the names of the parameters that came. */
    public List<Fault> faults(Set<String> given) {
        List<Fault> faults = new ArrayList<>();
        if (settings.ticketRequired() && !given.contains("ticket")) {
            faults.add(new Fault("ticket", AuditWords.TICKET));
        }
        if (settings.reasonRequired() && !given.contains("reason")) {
            faults.add(new Fault("reason", AuditWords.REASON));
        }
        return faults;
    }
}
