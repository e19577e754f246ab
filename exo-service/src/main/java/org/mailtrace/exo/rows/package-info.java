/** What Exchange Online is asked for and the rows it gives, whichever interface carries them. */
package org.mailtrace.exo.rows;
