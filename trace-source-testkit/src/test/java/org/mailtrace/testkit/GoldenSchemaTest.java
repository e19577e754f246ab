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

    private static String related(String relation) {
        return """
                {"sourceId":"a","firstSeen":"2026-11-23T08:00:00.000Z","lastSeen":"2026-11-23T08:00:00.000Z",
                 "recipientsComplete":true,"detailsFetched":true,"events":[],"recipients":[],"relatedMessages":[
                 {"messageId":"<a@contoso.example>",%s"text":"It reports on that message."}]}""".formatted(relation);
    }
}
