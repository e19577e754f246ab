/**
 * The live way in: asks each Exchange server itself, by one {@code Get-MessageTrackingLog} in a remote shell. The cmdlet
 * and its parameters are documented on Microsoft Learn ("Get-MessageTrackingLog").
 */
package org.mailtrace.onprem.live;
