package org.mailpulse.simulator.smtp;

import java.util.concurrent.atomic.LongAdder;

/** What the mail servers have seen; also tells whether a prober keeps its manners. */
public final class Traffic {
    final LongAdder connections = new LongAdder();
    final LongAdder handshakes = new LongAdder();
    final LongAdder earlyTalkers = new LongAdder();
    final LongAdder mailCommands = new LongAdder();

    public long connections() {
        return connections.sum();
    }

    /** TLS handshakes that completed. */
    public long handshakes() {
        return handshakes.sum();
    }

    /** Clients that spoke before they were greeted. */
    public long earlyTalkers() {
        return earlyTalkers.sum();
    }

    /** MAIL, RCPT or DATA: a prober must never send these. */
    public long mailCommands() {
        return mailCommands.sum();
    }
}
