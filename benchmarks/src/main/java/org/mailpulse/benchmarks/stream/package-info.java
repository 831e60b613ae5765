/** How fast the statistics job reads observations, beside a job that only decodes them. */
package org.mailpulse.benchmarks.stream;
