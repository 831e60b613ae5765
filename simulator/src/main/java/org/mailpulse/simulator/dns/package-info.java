/**
 * The whole DNS of the simulated internet on one port: it answers for every zone at once, with the authority of all of
 * them, so it can stand both for the resolver of a prober and for the servers that a validating resolver asks.
 */
package org.mailpulse.simulator.dns;
