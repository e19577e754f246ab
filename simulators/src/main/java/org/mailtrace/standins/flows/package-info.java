/**
 * Mail flows made up from a seed: each is played as a story, and each has its truth in a file of its own beside it, which
 * no service ever sees. What a tracer says about them can be judged.
 */
package org.mailtrace.standins.flows;
