/** Records of the log stream: read tolerantly, stripped of bodies, kept in the index and told in Smart Search's columns. */
package org.mailtrace.proofpoint.record;
