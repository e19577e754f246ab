/** How much room is left where services write. */
package org.mailtrace.http.disk;
