/**
 * What every store keeps of a message: its rows packed small, and what it is found by, prepared before a store is touched.
 * Public for the stores only; nobody else needs it.
 */
package org.mailtrace.index.packing;
