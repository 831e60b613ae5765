/** The web servers of MTA-STS policies (RFC 8461): what they hold, and how they fail. */
package org.mailpulse.simulator.policy;
