/**
 * Reports: questions that are answered later. They are taken in at the door, worked on in steps that are stored, and kept
 * for a while; a restart loses nothing.
 */
package org.mailtrace.gateway.report;
