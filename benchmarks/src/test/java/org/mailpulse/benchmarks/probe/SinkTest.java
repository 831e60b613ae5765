package org.mailpulse.benchmarks.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailpulse.benchmarks.load.Client;
import org.mailpulse.benchmarks.load.Measured;
import org.mailpulse.benchmarks.load.Order;

/** Real server and real clients, each in its process: what is measured must be whole probes. */
@Timeout(180)
class SinkTest {
    @TempDir
    static Path folder;

    private static Server server;

    @BeforeAll
    static void startServer() throws IOException {
        server = Server.start(3, 5, folder);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WORKER")
    void eachKindOfClientCompletesAllItsProbes(Kind kind) throws IOException {
        try (Client client = server.client(kind)) {
            Measured measured = client.run(Order.of(20, 4));

            assertThat(measured.run().failure()).isNull();
            assertThat(measured.run().good()).isEqualTo(20);
            assertThat(measured.cpu()).isPositive();
            assertThat(measured.peakKilobytes()).isPositive();
        }
    }

    @Test
    void aDelayIsTakenOffTheTimeOfAProbe() throws IOException {
        server.delay(new Delay(Delay.At.INSIDE_TLS, 2000));
        try (Client client = server.client(Kind.WORKER)) {
            Measured measured = client.run(new Order(2, 2, 0, true));

            assertThat(measured.run().failure()).isNull();
            assertThat(measured.run().good()).isEqualTo(2);
            assertThat(measured.run().seconds()).isGreaterThan(1);
            assertThat(measured.run().p50Micros()).isPositive();
            assertThat(measured.run().heapWithin()).isPositive();
        } finally {
            server.delay(Delay.NONE);
        }
    }

    @Test
    void opensslCompletesItsProbesAndItsProcessesAreCounted() throws Exception {
        OtherProgram seen = OtherProgram.openssl(server, folder, 6, 2);

        assertThat(seen.completed()).isEqualTo(6);
        assertThat(seen.cpu()).isGreaterThanOrEqualTo(Duration.ofMillis(10));
    }

    @Test
    void delaysAreSpreadAroundWhatWasAskedFor() {
        for (int i = 0; i < 1000; i++) {
            assertThat(new Delay(Delay.At.GREETING, 100).spread().millis()).isBetween(50, 150);
        }
    }
}
