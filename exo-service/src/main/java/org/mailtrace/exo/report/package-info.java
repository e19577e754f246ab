/**
 * Reports: questions that are too wide or too thorough to be answered at once. They are durable jobs, read slice by slice
 * within what the quota leaves over, and their result is kept for a while.
 */
package org.mailtrace.exo.report;
