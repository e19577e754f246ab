/** Answers questions from the index, and says for every server whether it looked. */
package org.mailtrace.onprem.search;
