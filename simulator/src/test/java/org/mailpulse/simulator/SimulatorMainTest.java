package org.mailpulse.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

@Timeout(90)
class SimulatorMainTest {
    @TempDir
    Path folder;

    @Test
    void itTellsWhereItListensAndObeysUntilItIsToldToQuit() throws Exception {
        Process process = start("--domains", "500", "--surveys", "3", "--last", "2026-11", "--dir", folder.toString());
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
                PrintStream in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8)) {
            JsonNode ready = new JsonMapper().readTree(out.readLine());
            assertThat(ready.get("smtpPort").asInt()).isPositive();
            assertThat(ready.get("pid").asLong()).isEqualTo(process.pid());
            assertThat(Path.of(ready.get("trustStore").asText())).content().startsWith("-----BEGIN CERTIFICATE-----");
            assertThat(ready.get("policyPort").asInt()).isPositive();
            assertThat(Path.of(ready.get("trustAnchor").asText()))
                    .content()
                    .matches("\\.\\s+\\d+\\s+IN\\s+DS\\s+\\d+ 13 2 [0-9A-F]{64}\n");
            assertThat(rcode(ready.get("dns").asText())).isEqualTo(Rcode.NOERROR);

            in.println("survey 2");
            assertThat(out.readLine()).isEqualTo("ok survey 2 2026-11");
            in.println("survey 3");
            assertThat(out.readLine()).startsWith("error survey 3: survey must be 0…2");
            in.println("targets 2 " + folder.resolve("targets.csv"));
            assertThat(out.readLine()).isEqualTo("ok targets");
            in.println("truth 2 " + folder.resolve("truth.csv") + " here");
            assertThat(out.readLine()).isEqualTo("ok truth");
            in.println("truth 2 " + folder.resolve("enforced.csv") + " here probe.example ENFORCEMENT");
            assertThat(out.readLine()).isEqualTo("ok truth");
            in.println("truth 2 " + folder.resolve("enforced.csv") + " here probe.example MUCH");
            assertThat(out.readLine()).endsWith("'MUCH' is neither of [ENCRYPTION, ENFORCEMENT]");
            in.println("cpu");
            assertThat(out.readLine()).matches("ok \\d+\\.\\d{3}");
            in.println("traffic");
            assertThat(out.readLine()).isEqualTo("ok 0 0 0 0");
            in.println("dance");
            assertThat(out.readLine()).isEqualTo("error dance: no such command");
            in.println("quit");
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readAllLines(folder.resolve("truth.csv")))
                .hasSameSizeAs(Files.readAllLines(folder.resolve("targets.csv")))
                .hasSizeGreaterThan(400)
                .noneMatch(line -> line.contains(",ENFORCED,"));
        assertThat(Files.readAllLines(folder.resolve("enforced.csv"))).anyMatch(line -> line.contains(",ENFORCED,"));
    }

    @Test
    void aWrongOptionIsOneLineAndExitCodeTwo() throws Exception {
        Process process = start("--domains", "many");
        String complaint = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(complaint.lines()).containsExactly("simulator: --domains cannot be 'many'");
    }

    @Test
    void aPortThatIsTakenIsOneLineAndExitCodeOne() throws Exception {
        try (Simulator first = Simulator.start(SimulatorSettings.defaults().withDomains(10))) {
            Process process = start(
                    "--smtp-port", Integer.toString(first.smtpPort()), "--domains", "10", "--dir", folder.toString());
            String complaint = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(complaint.lines().toList())
                    .singleElement()
                    .asString()
                    .startsWith("simulator: SMTP: cannot listen on port " + first.smtpPort());
        }
    }

    private static Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                SimulatorMain.class.getName()));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).start();
    }

    private static int rcode(String address) throws IOException {
        SimpleResolver resolver = new SimpleResolver("127.0.0.1");
        resolver.setPort(Integer.parseInt(address.substring(address.indexOf(':') + 1)));
        resolver.setTimeout(Duration.ofSeconds(10));
        Name name = Name.fromConstantString("mx1.quorrelmail.example.");
        Message answer = resolver.send(Message.newQuery(Record.newRecord(name, Type.A, DClass.IN)));
        return answer.getRcode();
    }
}
