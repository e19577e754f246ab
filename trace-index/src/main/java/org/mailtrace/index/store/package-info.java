/** Which store an index is kept in, as a service is told when it starts. */
package org.mailtrace.index.store;
