package org.mailtrace.exo.history;

import org.mailtrace.exo.quota.Errand;

/** Fetches the file of a search that is done, where that is wanted at all. */
@FunctionalInterface
interface FileDownload {
    /**
     * Tries once.
     *
     * @return whether the report has its file now; a sign-in page, a redirect or any failure is no file
     */
    boolean into(String reportId, String fileUrl, Errand errand);
}
