package org.mailtrace.testkit;

import org.junit.jupiter.api.Test;

class GoldenSchemaTest {
    private static final String WINDOW = """
            "searchedFrom":"2026-11-22T08:00:00.000Z","searchedTo":"2026-11-23T08:00:00.000Z",
            "absenceProvenUntil":"2026-11-23T07:55:00.000Z",""";
    private static final String ROWS = "\"tookMs\":1,\"parts\":[],\"warnings\":[],\"observations\":[]";

    @Test
    void acceptsAnAnswerThatLooked() {
        GoldenSchema.ANSWER.accepts("{\"source\":\"x\",\"state\":\"ANSWERED\"," + WINDOW + ROWS + "}");
    }

    @Test
    void refusesAnEmptyAnswerThatDoesNotSayWhatItSearched() {
        GoldenSchema.ANSWER.refuses("{\"source\":\"x\",\"state\":\"ANSWERED\"," + ROWS + "}");
    }

    @Test
    void refusesAFailureWithoutAnExplanation() {
        GoldenSchema.ANSWER.refuses("{\"source\":\"x\",\"state\":\"FAILED\"," + ROWS + "}");
    }

    @Test
    void refusesNullAndMissingLists() {
        GoldenSchema.ANSWER.refuses("{\"source\":\"x\",\"state\":\"FAILED\",\"explanation\":null," + ROWS + "}");
        GoldenSchema.ANSWER.refuses(
                "{\"source\":\"x\",\"state\":\"FAILED\",\"explanation\":\"It failed.\",\"tookMs\":1}");
    }

    @Test
    void refusesAnInstantWithoutThreeFractionDigits() {
        GoldenSchema.INFO.refuses("""
                {"source":"x","circuit":"CLOSED","credentials":"WORKING","parts":[],"lastSuccess":"2026-11-23T08:00:00Z"}""");
        GoldenSchema.INFO.accepts("""
                {"source":"x","circuit":"CLOSED","credentials":"WORKING","parts":[],"lastSuccess":"2026-11-23T08:00:00.000Z"}""");
    }

    @Test
    void refusesAQuarantinedRecipientWithoutItsQuarantine() {
        GoldenSchema.OBSERVATION.refuses("""
                {"sourceId":"a","firstSeen":"2026-11-23T08:00:00.000Z","lastSeen":"2026-11-23T08:00:00.000Z",
                 "recipientsComplete":true,"detailsFetched":true,"events":[],"relatedMessages":[],"recipients":[
                 {"address":"ana@rivercounty.example","status":"QUARANTINED","relatedAddresses":[],
                  "explanation":"It is held."}]}""");
    }

    @Test
    void wantsARelationForEveryRelatedMessage() {
        GoldenSchema.OBSERVATION.accepts(related("\"relation\":\"ORIGINAL\","));
        GoldenSchema.OBSERVATION.refuses(related(""));
    }

    @Test
    void refusesAReportThatLooksLikeAnAnswerBeforeItIsComplete() {
        GoldenSchema.REPORT.accepts(report("RUNNING", "PARTIAL", "\"explanation\":\"It is not finished.\","));
        GoldenSchema.REPORT.refuses(report("RUNNING", "PARTIAL", ""));
        GoldenSchema.REPORT.refuses(report("RUNNING", "ANSWERED", "\"explanation\":\"It is not finished.\","));
        GoldenSchema.REPORT.refuses(report("COMPLETE", "ANSWERED", ""));
        GoldenSchema.REPORT.accepts(report(
                "COMPLETE",
                "ANSWERED",
                WINDOW + "\"finishedAt\":\"2026-11-23T08:00:00.000Z\",\"expiresAt\":\"2026-11-30T08:00:00.000Z\","));
    }

    private static String report(String status, String state, String further) {
        return """
                {"id":"a","source":"x","status":"%s","state":"%s","createdAt":"2026-11-23T08:00:00.000Z",%s
                 "cost":{"rowRequests":3,"detailRequests":0},"warnings":[],"links":{"self":"http://127.0.0.1/reports/a"},
                 "progress":{"slicesDone":1,"slices":3,"pages":1,"rows":0,"messages":0,"details":0,"requests":1}}""".formatted(status, state, further);
    }

    private static String related(String relation) {
        return """
                {"sourceId":"a","firstSeen":"2026-11-23T08:00:00.000Z","lastSeen":"2026-11-23T08:00:00.000Z",
                 "recipientsComplete":true,"detailsFetched":true,"events":[],"recipients":[],"relatedMessages":[
                 {"messageId":"<a@contoso.example>",%s"text":"It reports on that message."}]}""".formatted(relation);
    }
}
