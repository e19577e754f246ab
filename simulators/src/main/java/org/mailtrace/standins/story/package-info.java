/** Stories: mail flows with a known fate, read strictly from YAML and checked for orders that no mail flow can take. */
package org.mailtrace.standins.story;
