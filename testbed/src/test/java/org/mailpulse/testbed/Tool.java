package org.mailpulse.testbed;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mailpulse.testbed.server.Program;

/** Programs by other hands that look at our servers. */
public final class Tool {
    private static final int LIMIT_SECONDS = 20;

    private Tool() {}

    /** What {@code drill} prints. */
    public static String drill(InetSocketAddress server, String name, String type, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(Program.DRILL.path()));
        command.addAll(List.of(options));
        command.addAll(List.of("@" + server.getAddress().getHostAddress(), "-p", "" + server.getPort(), name, type));
        return run(command, "");
    }

    /** What {@code openssl s_client} prints of a STARTTLS session that greets again inside TLS and leaves. */
    public static String startTls(InetSocketAddress server, String name, Path trustStore, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(Program.OPENSSL.path(), "s_client", "-starttls", "smtp"));
        command.addAll(List.of("-connect", hostAndPort(server), "-servername", name, "-verify_hostname", name));
        command.addAll(List.of("-CAfile", trustStore.toString(), "-showcerts", "-ign_eof", "-crlf"));
        command.addAll(List.of(options));
        return run(command, "EHLO prober.invalid\nQUIT\n");
    }

    private static String hostAndPort(InetSocketAddress server) {
        String host = server.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + server.getPort();
    }

    private static String run(List<String> command, String input) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).exceptionally(late -> process.destroyForcibly());
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // it did not want to hear us; its output says why
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
