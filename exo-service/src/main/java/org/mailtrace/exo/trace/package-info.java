/** Answers questions: plans the requests, filters every row again, groups rows by message and says what they mean. */
package org.mailtrace.exo.trace;
