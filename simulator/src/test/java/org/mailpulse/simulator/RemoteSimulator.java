package org.mailpulse.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.mailpulse.simulator.world.World;

/** {@link SimulatorMain} in a process of its own, and the same world here. */
final class RemoteSimulator implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final PrintStream in;
    private final JsonNode ready;
    private final World world;
    private final Path folder;

    private RemoteSimulator(Process process, World world, Path folder) throws IOException {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.ready = new JsonMapper().readTree(out.readLine());
        this.world = world;
        this.folder = folder;
    }

    static RemoteSimulator start(int domains, int surveys) throws IOException {
        Path folder = Files.createTempDirectory("simulator");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:MaxDirectMemorySize=128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SimulatorMain.class.getName(),
                        "--domains",
                        Integer.toString(domains),
                        "--surveys",
                        Integer.toString(surveys),
                        "--dir",
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        SimulatorSettings settings =
                SimulatorSettings.defaults().withDomains(domains).withSurveys(surveys);
        return new RemoteSimulator(process, new World(settings.world(false)), folder);
    }

    World world() {
        return world;
    }

    InetSocketAddress dnsAddress() {
        String address = ready.get("dns").asText();
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    int smtpPort() {
        return ready.get("smtpPort").asInt();
    }

    void setSurvey(int survey) throws IOException {
        command("survey " + survey);
    }

    void writeTruth(int survey) throws IOException {
        command("truth " + survey + " " + folder.resolve("truth.csv") + " here probe.example ENFORCEMENT");
    }

    Duration cpuTime() throws IOException {
        return Duration.ofMillis(Math.round(1_000 * Double.parseDouble(command("cpu"))));
    }

    long residentMegabytes() throws IOException {
        return megabytes("VmRSS:");
    }

    long peakMegabytes() throws IOException {
        return megabytes("VmHWM:");
    }

    private long megabytes(String what) throws IOException {
        List<String> status = Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"));
        return status.stream()
                .filter(line -> line.startsWith(what))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    private String command(String command) throws IOException {
        in.println(command);
        String answer = out.readLine();
        if (answer == null || !answer.startsWith("ok ")) {
            throw new IOException(command + ": " + answer);
        }
        return answer.substring(3);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
