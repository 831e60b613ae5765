/** Keeping a number of tasks in flight, and what is seen of them. */
package org.mailpulse.benchmarks.load;
