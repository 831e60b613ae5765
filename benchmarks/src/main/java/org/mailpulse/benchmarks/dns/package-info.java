/** DNS queries: what one costs, and whether answers are lost. */
package org.mailpulse.benchmarks.dns;
