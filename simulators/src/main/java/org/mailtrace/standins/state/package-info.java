/** The directory that the stand-ins own: tracking logs and the services' configuration, fresh at each start. */
package org.mailtrace.standins.state;
