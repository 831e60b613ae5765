package org.mailpulse.probe;

import java.time.Duration;

/**
 * How long to wait for what. All are more than zero and at most {@link #MAX}.
 *
 * @param connect for a TCP connection
 * @param greeting for the greeting; postscreen and greet-pause delay it by 6–20 s on purpose
 * @param reply for each whole reply
 * @param handshake for the TLS handshake
 * @param probe for a connection from the first packet to the last
 * @param dnsTry for the first try of a DNS query; each further try waits twice as long
 * @param dnsTotal for all tries of a DNS query together
 * @param policy for an MTA-STS policy, from the first packet to the last
 */
public record Timeouts(
        Duration connect,
        Duration greeting,
        Duration reply,
        Duration handshake,
        Duration probe,
        Duration dnsTry,
        Duration dnsTotal,
        Duration policy) {

    public static final Duration MAX = Duration.ofHours(1);

    public static final Timeouts DEFAULT = new Timeouts(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(120),
            Duration.ofSeconds(2),
            Duration.ofSeconds(12),
            Duration.ofSeconds(30));

    public Timeouts {
        check("connect", connect);
        check("greeting", greeting);
        check("reply", reply);
        check("handshake", handshake);
        check("probe", probe);
        check("dnsTry", dnsTry);
        check("dnsTotal", dnsTotal);
        check("policy", policy);
    }

    private static void check(String field, Duration value) {
        if (value == null || value.isNegative() || value.isZero() || value.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(
                    "timeout " + field + " must be more than 0 and at most " + MAX.toHours() + " h, is " + value);
        }
    }

    public Timeouts withConnect(Duration value) {
        return new Timeouts(value, greeting, reply, handshake, probe, dnsTry, dnsTotal, policy);
    }

    public Timeouts withGreeting(Duration value) {
        return new Timeouts(connect, value, reply, handshake, probe, dnsTry, dnsTotal, policy);
    }

    public Timeouts withReply(Duration value) {
        return new Timeouts(connect, greeting, value, handshake, probe, dnsTry, dnsTotal, policy);
    }

    public Timeouts withHandshake(Duration value) {
        return new Timeouts(connect, greeting, reply, value, probe, dnsTry, dnsTotal, policy);
    }

    public Timeouts withProbe(Duration value) {
        return new Timeouts(connect, greeting, reply, handshake, value, dnsTry, dnsTotal, policy);
    }

    public Timeouts withDnsTry(Duration value) {
        return new Timeouts(connect, greeting, reply, handshake, probe, value, dnsTotal, policy);
    }

    public Timeouts withDnsTotal(Duration value) {
        return new Timeouts(connect, greeting, reply, handshake, probe, dnsTry, value, policy);
    }

    public Timeouts withPolicy(Duration value) {
        return new Timeouts(connect, greeting, reply, handshake, probe, dnsTry, dnsTotal, value);
    }
}
