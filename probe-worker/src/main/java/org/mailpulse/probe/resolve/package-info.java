/** DNS: where the mail of a domain goes, and at which addresses its MX hosts are. */
package org.mailpulse.probe.resolve;
