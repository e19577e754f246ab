/** Reads the CSV files of Exchange Online's historical search, row by row, whatever their encoding or column order. */
package org.mailtrace.exo.history.csv;
