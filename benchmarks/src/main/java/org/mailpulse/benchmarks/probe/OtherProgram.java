package org.mailpulse.benchmarks.probe;

import static org.mailpulse.benchmarks.process.Report.line;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.mailpulse.benchmarks.process.Usage;

/**
 * A program of others that probes the same servers.
 *
 * @param cpu of it and all that it started
 * @param completed probes of which it says that TLS was there
 */
record OtherProgram(String words, int probes, int completed, Duration cpu, double seconds) {
    private static final long MAX_MINUTES = 10;

    double microsEach() {
        return completed == 0 ? Double.NaN : cpu.toNanos() / 1e3 / completed;
    }

    void print() {
        line(
                Comparison.COLUMNS,
                words,
                "%.0f".formatted(microsEach()),
                "",
                "",
                "%.0f".formatted(completed / seconds),
                "",
                "",
                probes - completed);
    }

    /** One process for each probe, so many side by side. It reads the sink's trust store in place of the system's. */
    static OtherProgram openssl(Server server, Path folder, int probes, int sideBySide)
            throws IOException, InterruptedException {
        Path targets = folder.resolve("openssl-targets");
        Files.write(targets, targets(server.addresses(), probes, ":" + server.smtpPort()));
        List<String> command = List.of(
                "xargs",
                "-a",
                targets.toString(),
                "-P",
                "" + sideBySide,
                "-n",
                "1",
                "openssl",
                "s_client",
                "-starttls",
                "smtp",
                "-name",
                "prober.test",
                "-tls1_3",
                "-CAfile",
                server.trustStore().toString(),
                "-no-CApath",
                "-no-CAstore",
                "-connect");
        return run("openssl s_client under xargs -P " + sideBySide, command, folder, probes, "New, TLSv1.3");
    }

    /** Version 2 with the option {@code --local-addr}: without it, it asks the Internet whether that is there. */
    static OtherProgram zgrab2(Path program, Server server, Path folder, int probes, int sideBySide)
            throws IOException, InterruptedException {
        Path targets = folder.resolve("zgrab2-targets");
        Files.write(targets, targets(server.addresses(), probes, ""));
        List<String> command = List.of(
                program.toString(),
                "smtp",
                "--port",
                "" + server.smtpPort(),
                "--starttls",
                "--ehlo-domain",
                "prober.test",
                "--send-quit",
                "--local-addr",
                "127.0.0.1",
                "--senders",
                "" + sideBySide,
                "--input-file",
                targets.toString());
        return run("zgrab2 smtp, " + sideBySide + " senders", command, folder, probes, "\"status\":\"success\"");
    }

    private static List<String> targets(int addresses, int probes, String suffix) {
        return IntStream.range(0, probes)
                .mapToObj(number -> Sink.address(number % addresses).getHostAddress() + suffix)
                .toList();
    }

    private static OtherProgram run(String words, List<String> command, Path folder, int probes, String sign)
            throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Duration before = Usage.ofEndedChildren();
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(MAX_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IOException(words + " was not done after " + MAX_MINUTES + " minutes");
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Duration cpu = Usage.ofEndedChildren().minus(before);
        return new OtherProgram(words, probes, occurrences(output, sign), cpu, seconds);
    }

    /** Outputs side by side may share lines. */
    private static int occurrences(Path file, String sign) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        int found = 0;
        for (int at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + sign.length())) {
            found++;
        }
        return found;
    }
}
