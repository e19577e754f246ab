/**
 * What a source answers and how it is asked: records, enums and the question. No I/O, no framework, no vendor word, so
 * that a new source can be written in anything that speaks JSON.
 */
package org.mailtrace.contract;
