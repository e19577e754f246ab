/** The contract test that every source service must pass. */
package org.mailtrace.testkit;
