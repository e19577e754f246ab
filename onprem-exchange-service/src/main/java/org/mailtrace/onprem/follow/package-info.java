/**
 * Follows the tracking-log directories of all servers into the index: each complete record once, together with how far
 * each file was read, and says what was not read.
 */
package org.mailtrace.onprem.follow;
