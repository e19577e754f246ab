/** Rules that keep a service fit for a native executable, checked in its class files on the Java machine. */
package org.mailtrace.testkit.nativefit;
