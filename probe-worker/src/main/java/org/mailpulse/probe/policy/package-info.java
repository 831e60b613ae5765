/** What tells senders to insist on protection: DANE (RFC 6698, 7671, 7672) and MTA-STS (RFC 8461). Facts only. */
package org.mailpulse.probe.policy;
