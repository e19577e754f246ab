/** Who asked about whose mail, when and why: a record of every question that cannot be changed without being seen. */
package org.mailtrace.gateway.audit;
