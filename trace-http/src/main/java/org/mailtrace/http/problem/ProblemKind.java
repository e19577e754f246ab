package org.mailtrace.http.problem;

import java.util.Locale;

/** The kinds of problems a caller can meet; each has a stable type and one title. */
public enum ProblemKind {
    INVALID_QUESTION(400, "The question cannot be asked as it is."),
    BAD_REQUEST(400, "The request cannot be read."),
    NOT_AUTHENTICATED(401, "A valid access token is needed."),
    NOT_ALLOWED(403, "The access token does not carry the role that this needs."),
    NOT_FOUND(404, "There is nothing here."),
    METHOD_NOT_ALLOWED(405, "This address does not know that method."),
    NOT_ACCEPTABLE(406, "None of the accepted media types is available here."),
    REPORT_NOT_FINISHED(409, "The report is not finished, so it has no traces yet."),
    REPORT_WITHOUT_RESULT(410, "The report has no traces."),
    TOO_LARGE(413, "The request is too large."),
    UNSUPPORTED_MEDIA_TYPE(415, "The body must be application/json."),
    OUT_OF_RETENTION(422, "All of the window is older than what the source keeps."),
    CANNOT_ANSWER(422, "The source does not know this kind of question."),
    IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key was used for another request."),
    TOO_MANY_REPORTS(429, "Too many reports are not finished."),
    TOO_MANY_REQUESTS(429, "Too many questions in a short time."),
    INTERNAL_ERROR(500, "Mailtrace failed to answer."),
    IDENTITY_PROVIDER_UNAVAILABLE(503, "The access token cannot be checked."),
    OVERLOADED(503, "Mailtrace has too much to do at this moment."),
    AUDIT_UNAVAILABLE(503, "The audit records cannot be written or read."),
    STORE_UNAVAILABLE(503, "The store of reports does not answer."),
    SOURCE_UNAVAILABLE(503, "The source could not look."),
    NO_SOURCE_ANSWERED(503, "None of the sources could look.");

    private static final String BASE = "https://mailtrace.example/problems/";

    private final int status;
    private final String title;

    ProblemKind(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The same sentence for every problem of this kind. */
    public String title() {
        return title;
    }

    /** A stable URI; callers may compare it. */
    public String type() {
        return BASE + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
