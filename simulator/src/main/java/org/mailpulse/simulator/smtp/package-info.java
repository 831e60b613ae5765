/**
 * Mail servers on many loopback addresses: one well-mannered conversation with small deviations, and a few peers that
 * keep no manners at all. No mail is ever taken.
 */
package org.mailpulse.simulator.smtp;
