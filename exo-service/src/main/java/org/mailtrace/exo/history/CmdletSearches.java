package org.mailtrace.exo.history;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.cmdlet.CmdletOutput;
import org.mailtrace.exo.cmdlet.Cmdlets;
import org.mailtrace.exo.history.csv.FileKind;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.words.HistoryWords;
import org.mailtrace.http.guard.SourceFailure;

/**
 * Historical searches by the cmdlets Start-, Get- and Stop-HistoricalSearch. Their parameters are documented, the fields
 * of their output only partly: what is missing is taken for unknown.
 */
@ApplicationScoped
class CmdletSearches implements HistoricalSearches {
    private final Invocation cmdlets;

    @Inject
    CmdletSearches(Cmdlets cmdlets) {
        this(cmdlets::invoke);
    }

    CmdletSearches(Invocation cmdlets) {
        this.cmdlets = cmdlets;
    }

    /** Runs a cmdlet; throws SourceFailure if there is no answer. */
    @FunctionalInterface
    interface Invocation {
        CmdletOutput invoke(String name, Map<String, Object> parameters, Errand errand);
    }

    @Override
    public String start(SearchOrder order, Errand errand) {
        Criteria criteria = order.criteria();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("ReportTitle", order.title());
        parameters.put("ReportType", order.kind() == FileKind.EXTENDED ? "MessageTraceDetail" : "MessageTrace");
        parameters.put("StartDate", order.from());
        parameters.put("EndDate", order.to());
        criteria.sender().ifPresent(sender -> parameters.put("SenderAddress", List.of(sender)));
        if (!criteria.recipients().isEmpty()) {
            parameters.put("RecipientAddress", criteria.recipients());
        }
        criteria.messageId().ifPresent(id -> parameters.put("MessageID", List.of(id)));
        order.tell().ifPresent(address -> parameters.put("NotifyAddress", List.of(address)));
        return cmdlets.invoke("Start-HistoricalSearch", parameters, errand).rows().stream()
                .flatMap(row -> text(row, "JobId").stream())
                .findFirst()
                .orElseThrow(() -> new SourceFailure(SourceState.FAILED, HistoryWords.SEARCH_WITHOUT_ID));
    }

    @Override
    public Optional<Search> byTitle(String title, Errand errand) {
        return cmdlets.invoke("Get-HistoricalSearch", Map.of(), errand).rows().stream()
                .filter(row -> text(row, "ReportTitle").filter(title::equals).isPresent())
                .max(Comparator.comparing(row -> text(row, "SubmitDate").orElse("")))
                .flatMap(CmdletSearches::search);
    }

    @Override
    public Optional<Search> byId(String id, Errand errand) {
        return cmdlets.invoke("Get-HistoricalSearch", Map.of("JobId", id), errand).rows().stream()
                .flatMap(row -> search(row).stream())
                .filter(search -> search.id().equalsIgnoreCase(id))
                .findFirst();
    }

    @Override
    public void stop(String id, Errand errand) {
        cmdlets.invoke("Stop-HistoricalSearch", Map.of("JobId", id), errand);
    }

    private static Optional<Search> search(JsonNode row) {
        return text(row, "JobId")
                .map(id -> new Search(
                        id,
                        text(row, "ReportTitle").orElse(""),
                        text(row, "Status").orElse(""),
                        text(row, "Rows")
                                .filter(digits ->
                                        digits.length() < 18 && digits.chars().allMatch(c -> c >= '0' && c <= '9'))
                                .map(Long::valueOf),
                        text(row, "FileUrl")));
    }

    private static Optional<String> text(JsonNode row, String field) {
        return Optional.of(row.path(field).asText("").strip()).filter(text -> !text.isEmpty() && !text.equals("null"));
    }
}
