package org.mailpulse.simulator;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.LogManager;
import org.mailpulse.simulator.truth.Measured;
import org.mailpulse.simulator.truth.Vantage;

/**
 * The simulator in a process of its own, so that its memory and CPU are its own. When all servers listen it writes one
 * line of JSON; then it obeys the lines that it reads, and answers each with one line that begins with {@code ok} or
 * {@code error}:
 *
 * <pre>
 * survey 3                        show this survey
 * targets 3 FILE                  write the survey's target list
 * truth 3 FILE [VANTAGE [EHLO [ENCRYPTION|ENFORCEMENT]]]
 *                                 write the expected verdicts, by default those without DANE and MTA-STS
 * cpu                             ok SECONDS of CPU of the whole process
 * traffic                         ok CONNECTIONS HANDSHAKES EARLY-TALKERS MAIL-COMMANDS
 * quit                            end; so does the end of the input
 * </pre>
 *
 * Exit codes: 0 ended, 1 failed, 2 wrong options.
 */
public final class SimulatorMain {
    private static final int WORDS = 6;

    private final Simulator simulator;

    private SimulatorMain(Simulator simulator) {
        this.simulator = simulator;
    }

    public static void main(String[] words) {
        // Libraries that find no other log would write to standard error, which is for the user.
        LogManager.getLogManager().reset();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(out, words));
    }

    private static int run(PrintStream out, String... words) {
        Arguments arguments;
        try {
            arguments = Arguments.parse(words);
        } catch (IllegalArgumentException e) {
            System.err.println("simulator: " + e.getMessage());
            return 2;
        }
        try (Simulator simulator = Simulator.start(arguments.settings());
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            out.println(ready(simulator, arguments.folder()));
            new SimulatorMain(simulator).obey(in, out);
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("simulator: " + e.getMessage());
            return 1;
        }
    }

    private static String ready(Simulator simulator, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path trustStore = folder.resolve("trust.pem").toAbsolutePath();
        simulator.writeTrustStore(trustStore);
        Path trustAnchor = folder.resolve("anchor.zone").toAbsolutePath();
        simulator.writeTrustAnchor(trustAnchor);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("dns", "127.0.0.1:" + simulator.dnsAddress().getPort());
        line.put("smtpPort", simulator.smtpPort());
        line.put("policyPort", simulator.policyPort());
        line.put("trustStore", trustStore.toString());
        line.put("trustAnchor", trustAnchor.toString());
        line.put("pid", ProcessHandle.current().pid());
        return new JsonMapper().writeValueAsString(line);
    }

    private void obey(BufferedReader in, PrintStream out) throws IOException {
        for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
            try {
                out.println("ok " + obey(line.trim().split("\\s+", WORDS)));
            } catch (IOException | RuntimeException e) {
                out.println("error " + line + ": " + e.getMessage());
            }
        }
    }

    private String obey(String... words) throws IOException {
        switch (words[0]) {
            case "survey" -> {
                int survey = Integer.parseInt(word(words, 1));
                simulator.setSurvey(survey);
                return "survey " + survey + " " + simulator.world().surveyName(survey);
            }
            case "targets" -> {
                simulator.writeTargets(Integer.parseInt(word(words, 1)), Path.of(word(words, 2)));
                return "targets";
            }
            case "truth" -> {
                String name = words.length > 3 ? words[3] : "local";
                Vantage vantage = words.length > 4 ? new Vantage(name, words[4]) : Vantage.neutral(name);
                int survey = Integer.parseInt(word(words, 1));
                Measured measured = words.length > 5 ? measured(words[5]) : Measured.ENCRYPTION;
                simulator.writeTruth(survey, vantage, measured, Path.of(word(words, 2)));
                return "truth";
            }
            case "cpu" -> {
                return String.format(Locale.ROOT, "%.3f", processCpu().toNanos() / 1e9);
            }
            case "traffic" -> {
                var traffic = simulator.traffic();
                return traffic.connections() + " " + traffic.handshakes() + " " + traffic.earlyTalkers() + " "
                        + traffic.mailCommands();
            }
            default -> throw new IllegalArgumentException("no such command");
        }
    }

    private static Measured measured(String word) {
        for (Measured measured : Measured.values()) {
            if (measured.name().equals(word)) {
                return measured;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is neither of " + List.of(Measured.values()));
    }

    private static String word(String[] words, int position) {
        if (position >= words.length) {
            throw new IllegalArgumentException("a word is missing");
        }
        return words[position];
    }

    private static Duration processCpu() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean bean
                ? Duration.ofNanos(bean.getProcessCpuTime())
                : Duration.ZERO;
    }
}
