package org.mailpulse.testbed.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.mailpulse.testbed.peer.SmtpPeer;

/**
 * One connection's {@code openssl s_server}: what it decrypts appears on its stdout among remarks of its own, what is
 * written to its stdin goes out encrypted.
 *
 * <pre>
 *   client ══TLS══▶ relay ══TLS══▶ s_server ──stdout──▶ command
 *                                           ◀──stdin─── reply
 * </pre>
 */
final class OpensslSession implements AutoCloseable {
    private static final int READ_TIMEOUT_MILLIS = 60_000;
    private static final String ACCEPTING = "ACCEPT ";

    /** No remark of s_server begins with one of these. */
    private static final Set<String> VERBS = Set.of("EHLO", "HELO", "NOOP", "RSET", "MAIL", "QUIT");

    private final Process process;
    private final BufferedReader stdout;
    private final Socket backend;

    private OpensslSession(Process process, BufferedReader stdout, Socket backend) {
        this.process = process;
        this.stdout = stdout;
        this.backend = backend;
    }

    /** @param replies verb → reply inside TLS */
    static OpensslSession start(List<String> command, InetAddress address, UnaryOperator<String> replies)
            throws IOException {
        List<String> full = new ArrayList<>(command);
        full.addAll(List.of("-accept", address.getHostAddress() + ":0"));
        Process process = new ProcessBuilder(full)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            BufferedReader stdout = process.inputReader(StandardCharsets.US_ASCII);
            OpensslSession session = new OpensslSession(process, stdout, new Socket(address, acceptingPort(stdout)));
            daemon("dialogue", () -> session.answer(replies));
            return session;
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Carries bytes both ways until s_server has ended. */
    void relay(Socket client) throws IOException {
        backend.setSoTimeout(READ_TIMEOUT_MILLIS);
        daemon("relay", () -> {
            client.getInputStream().transferTo(backend.getOutputStream());
            backend.shutdownOutput(); // s_server then ends, and so does the other direction
        });
        backend.getInputStream().transferTo(client.getOutputStream());
    }

    @Override
    public void close() throws IOException {
        backend.close();
        process.destroyForcibly();
    }

    private static int acceptingPort(BufferedReader stdout) throws IOException {
        for (String line = stdout.readLine(); line != null; line = stdout.readLine()) {
            if (line.startsWith(ACCEPTING)) {
                return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
            }
        }
        throw new IOException("openssl s_server ended before it accepted");
    }

    private void answer(UnaryOperator<String> replies) throws IOException {
        try (OutputStream stdin = process.getOutputStream()) { // at its end s_server hangs up
            for (String line = stdout.readLine(); line != null; line = stdout.readLine()) {
                String verb = SmtpPeer.verb(line);
                if (VERBS.contains(verb)) {
                    stdin.write(SmtpPeer.wire(replies.apply(verb)));
                    stdin.flush();
                }
                if (verb.equals("QUIT")) {
                    return;
                }
            }
        }
    }

    @FunctionalInterface
    private interface Conversation {
        void run() throws IOException;
    }

    private static void daemon(String name, Conversation conversation) {
        Thread thread = new Thread(
                () -> {
                    try {
                        conversation.run();
                    } catch (IOException e) {
                        // one side went away, which ends the conversation
                    }
                },
                "openssl " + name);
        thread.setDaemon(true);
        thread.start();
    }
}
