/** The one way out: bounded in time and bytes, no redirects, no cookies. */
package org.mailtrace.exo.wire;
