/** Every sentence of this service that a person reads. */
package org.mailtrace.exo.words;
