/** Peers that misbehave, one small named class each. */
package org.mailpulse.testbed.peer;
