package org.mailpulse.testbed.peer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A mail server of few words: greets, then answers each command by its verb. A subclass changes the words.
 *
 * <pre>
 *   connect ──▶ greeting ──▶ EHLO, HELO, STARTTLS, NOOP… ──▶ QUIT ──▶ closed
 *                                │ 220 to STARTTLS
 *                                ▼
 *                            afterStarttls ──▶ closed
 * </pre>
 */
public abstract class SmtpPeer extends LoopbackPeer {
    private static final int MAX_LINE = 1_000;

    protected final String hostname;

    protected SmtpPeer(InetSocketAddress at, String hostname) throws IOException {
        super(at);
        this.hostname = hostname;
    }

    /** Lines without line ends. */
    protected String greeting() {
        return "220 " + hostname + " ESMTP";
    }

    /** The reply to EHLO; the keyword lines are separated by {@code \n}. */
    protected String ehlo() {
        return "250-" + hostname + "\n250-8BITMIME\n250 STARTTLS";
    }

    protected String starttls() {
        return "502 5.5.1 not implemented";
    }

    /** What follows a 220 to STARTTLS; the default hangs up. */
    protected void afterStarttls(Socket client) throws IOException {}

    @Override
    protected final void converse(Socket client) throws IOException {
        client.getOutputStream().write(wire(greeting()));
        String verb = "";
        while (!verb.equals("QUIT")) {
            verb = verb(line(client.getInputStream()));
            String answer = reply(verb);
            client.getOutputStream().write(wire(answer));
            if (verb.equals("STARTTLS") && answer.startsWith("220")) {
                afterStarttls(client);
                return;
            }
        }
    }

    /** The reply to a command, by its verb in upper case. */
    protected final String reply(String verb) {
        return switch (verb) {
            case "EHLO" -> ehlo();
            case "HELO" -> "250 " + hostname;
            case "STARTTLS" -> starttls();
            case "QUIT" -> "221 2.0.0 bye";
            default -> "502 5.5.1 not implemented";
        };
    }

    /** The first word of a command, in upper case. */
    public static String verb(String command) {
        return command.strip().split(" ", 2)[0].toUpperCase(Locale.ROOT);
    }

    /** A reply as it goes over the wire. */
    public static byte[] wire(String reply) {
        return (reply.replace("\n", "\r\n") + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads no byte beyond the line: the next may belong to TLS. */
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.size() > MAX_LINE) {
                throw new IOException(next < 0 ? "client hung up" : "line too long");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.US_ASCII);
    }
}
