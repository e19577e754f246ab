package org.mailtrace.exo.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import org.mailtrace.contract.NameValue;
import org.mailtrace.contract.ReportProgress;
import org.mailtrace.contract.RequestCost;
import org.mailtrace.exo.detail.DetailEvent;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.trace.Window;
import org.mailtrace.jobs.Place;

/** How reports stand in the store. */
@ApplicationScoped
@RegisterForReflection(
        targets = {
            Assignment.Given.class,
            Checkpoint.class,
            Spot.class,
            Tally.class,
            Gap.class,
            Standing.class,
            StoredRow.class,
            TraceRow.class,
            DetailEvent.class,
            NameValue.class,
            Window.class,
            Place.class,
            ReportProgress.class,
            RequestCost.class
        })
class ReportJson {
    private final ObjectMapper json;

    ReportJson(ObjectMapper json) {
        this.json = json;
    }

    String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a report cannot be written", e);
        }
    }

    <T> T read(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a report in the store cannot be read", e);
        }
    }
}
