/** What may stand in a setting is checked before anything is opened; a wrong one ends the start with a sentence that names it. */
package org.mailtrace.http.settings;
