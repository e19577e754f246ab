/**
 * Who asked about whose mail, when and why: a record of every question, each with the digest of the one before. What such a
 * chain cannot show by itself shows against a copy that is kept elsewhere.
 */
package org.mailtrace.gateway.audit;
