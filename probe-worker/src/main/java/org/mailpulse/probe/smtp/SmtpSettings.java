package org.mailpulse.probe.smtp;

import java.time.Duration;

/**
 * How servers are asked.
 *
 * @param port TCP port
 * @param ehloName the prober's own name
 * @param allowPrivate whether loopback, private and other non-public addresses may be connected to
 * @param connect for the TCP connection
 * @param greeting for the greeting, from the connection on; postscreen and greet-pause delay it on purpose
 * @param reply for each whole reply, however slowly it drips
 * @param handshake for the TLS handshake
 * @param whole for everything from the first packet to the last
 */
public record SmtpSettings(
        int port,
        String ehloName,
        boolean allowPrivate,
        Duration connect,
        Duration greeting,
        Duration reply,
        Duration handshake,
        Duration whole) {}
