/**
 * Throw-away certificates with every virtue and vice. The same seed gives the same keys and, byte for byte, the same
 * certificates. The keys are known to whoever knows the seed: never let anything outside a test trust them.
 */
package org.mailpulse.simulator.pki;
