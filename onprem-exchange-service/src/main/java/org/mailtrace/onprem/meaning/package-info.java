/** What tracking rows mean: noise, origin, the last word on each recipient, and the sentences that say it. */
package org.mailtrace.onprem.meaning;
