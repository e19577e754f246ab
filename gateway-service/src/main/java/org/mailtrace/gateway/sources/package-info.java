/** How the sources are doing, whether or not they are being asked. */
package org.mailtrace.gateway.sources;
