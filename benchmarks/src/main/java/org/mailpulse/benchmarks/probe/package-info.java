/** Probes of mail servers: what one costs, beside other programs that do the same and the bare handshake. */
package org.mailpulse.benchmarks.probe;
