/**
 * The SMTP exchange (RFC 5321, RFC 3207) up to STARTTLS and a little beyond: what is said is decided in
 * {@link org.mailpulse.probe.smtp.Dialogue}, how it gets over the wire in {@link org.mailpulse.probe.smtp.SmtpProbe}.
 */
package org.mailpulse.probe.smtp;
