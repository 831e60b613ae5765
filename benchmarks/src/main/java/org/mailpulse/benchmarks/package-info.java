/** Measurements: started by hand, never part of the tests. */
package org.mailpulse.benchmarks;
