/** A whole survey over the simulated mail internet. */
package org.mailpulse.benchmarks.survey;
