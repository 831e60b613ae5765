package org.mailpulse.probe.resolve;

import org.mailpulse.model.observation.DnssecState;
import org.xbill.DNS.Message;

/**
 * A server's answer to one question.
 *
 * @param dnssec what is known of its authenticity; {@link DnssecState#BOGUS} only where the message is a failure
 */
record Reply(Message message, DnssecState dnssec) {}
