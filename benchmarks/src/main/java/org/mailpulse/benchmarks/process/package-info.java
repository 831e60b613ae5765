/** Processes that are measured: starting them, talking to them, and what they cost. */
package org.mailpulse.benchmarks.process;
