/**
 * The verdicts that the methodology must reach, from what was planted. Written apart from the judges in
 * {@code org.mailpulse.model.verdict} and never calling them, so that each checks the other.
 */
package org.mailpulse.simulator.truth;
