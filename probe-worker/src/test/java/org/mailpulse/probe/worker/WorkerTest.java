package org.mailpulse.probe.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailpulse.model.observation.Handshake;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.survey.Target;
import org.mailpulse.model.wire.Topics;
import org.mailpulse.model.wire.Wire;
import org.mailpulse.probe.ProbeSettings;
import org.mailpulse.probe.Timeouts;
import org.mailpulse.probe.peer.JsseSmtpPeer;
import org.mailpulse.simulator.pki.CertificateForge;
import org.mailpulse.simulator.pki.LeafRequest;
import org.mailpulse.testbed.LoopbackBlock;
import org.mailpulse.testbed.peer.LoopbackPeer;
import org.mailpulse.testbed.server.Nsd;

/** A real prober between Kafka's own stand-ins for consumer and producer. */
@Timeout(60)
class WorkerTest {
    private static final TopicPartition PARTITION = new TopicPartition(Topics.TARGETS, 0);
    private static final String ZONE = """
            $ORIGIN reef.test.
            $TTL 60
            @ SOA ns hostmaster 1 3600 600 86400 60
            @ NS ns
            ns A 127.0.0.1
            one MX 10 mx
            two MX 10 mx
            null MX 0 .
            silent MX 10 silentmx
            mx A %1$s.2
            silentmx A %1$s.3
            """;

    private static LoopbackBlock block;
    private static Nsd nsd;
    private static LoopbackPeer peer;

    private final RememberingConsumer consumer = new RememberingConsumer();

    @BeforeAll
    static void start() throws IOException {
        block = LoopbackBlock.claim(3);
        nsd = Nsd.start(block.at(1), List.of(new Nsd.Zone("reef.test", ZONE.formatted(block.prefix()))));
        peer = new JsseSmtpPeer(block.at(2), new CertificateForge(6).issue(LeafRequest.named("mx.reef.test")), "", "")
                .open();
    }

    @AfterAll
    static void stop() {
        peer.close();
        nsd.close();
    }

    @Test
    void targetsBecomeHandshakesAndObservationsAndAreThenCommitted() throws Exception {
        MockProducer<byte[], byte[]> producer = producer(true);
        try (Worker worker = start(producer, "one.reef.test", "two.reef.test", "null.reef.test")) {
            await(() -> worker.stats().observed() == 3);
            assertThat(worker.stats().read()).isEqualTo(3);
            assertThat(worker.stats().inFlight()).isZero();
            assertThat(worker.stats().prober().endpoints()).isEqualTo(1);
            await(() -> committed() == 3);
        }
        assertThat(consumer.closed()).isTrue();
        assertThat(producer.closed()).isTrue();

        List<ProducerRecord<byte[], byte[]>> written = producer.history();
        assertThat(written.stream()
                        .map(record -> record.topic() + " " + new String(record.key(), StandardCharsets.UTF_8)))
                .containsExactlyInAnyOrder(
                        "mailpulse.handshakes mx.reef.test",
                        "mailpulse.observations one.reef.test",
                        "mailpulse.observations two.reef.test",
                        "mailpulse.observations null.reef.test");
        for (ProducerRecord<byte[], byte[]> record : written) {
            if (record.topic().equals(Topics.HANDSHAKES)) {
                Handshake handshake = Wire.readHandshake(record.value());
                assertThat(handshake.outcome()).isEqualTo(Outcome.TLS_OK);
                assertThat(handshake.vantage()).isEqualTo("reef-1");
            } else {
                Observation observation = Wire.readObservation(record.value());
                assertThat(observation.survey()).isEqualTo("2026-11");
            }
        }
    }

    @Test
    void nothingIsCommittedBeforeItIsAcknowledgedTheHandshakeFirst() throws Exception {
        MockProducer<byte[], byte[]> producer = producer(false);
        try (Worker worker = start(producer, "one.reef.test")) {
            await(() -> producer.history().size() == 1);
            assertThat(producer.history().get(0).topic()).isEqualTo(Topics.HANDSHAKES);
            assertThat(producer.completeNext()).isTrue();
            await(() -> producer.history().size() == 2);
            assertThat(worker.stats().observed()).isZero();
            assertThat(worker.stats().inFlight()).isEqualTo(1);
            assertThat(committed()).isZero();
            assertThat(producer.completeNext()).isTrue();
            await(() -> committed() == 1);
        }
    }

    @Test
    void aWorkerThatCannotWriteGivesUpAndCommitsNothing() throws Exception {
        MockProducer<byte[], byte[]> producer = producer(false);
        try (Worker worker = start(producer, "null.reef.test")) {
            await(() -> producer.history().size() == 1);
            producer.errorNext(new TimeoutException("brokers are gone"));
            assertThatThrownBy(() -> worker.finished().get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("brokers are gone");
        }
        assertThat(consumer.closed()).isTrue();
        assertThat(committed()).isZero();
    }

    @Test
    void closingWaitsNoLongerThanToldAndLeavesTheRestToTheNext() throws Exception {
        MockProducer<byte[], byte[]> producer = producer(true);
        Worker worker;
        try (LoopbackPeer silent = new org.mailpulse.testbed.peer.SilentPeer(block.at(3)).open()) {
            worker = start(producer, "null.reef.test", "silent.reef.test");
            await(() -> worker.stats().observed() == 1 && silent.connections() == 1);
            long start = System.nanoTime();
            worker.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        }
        assertThat(committed()).isEqualTo(1);
        assertThat(producer.history())
                .as("a connection that we cut ourselves is no finding")
                .hasSize(1);
        assertThat(worker.finished()).isCompleted();
    }

    @Test
    void badSettingsAreToldAtOnce() {
        Path missing = Path.of("missing.pem");
        assertThatThrownBy(() -> Worker.start(
                        probe().withTrustStore(missing),
                        WorkerSettings.of("127.0.0.1:1"),
                        notice -> {},
                        consumer,
                        producer(true)))
                .isInstanceOf(IOException.class)
                .hasMessage("trust store missing.pem does not exist");
        assertThatThrownBy(() -> Worker.start(probe(), WorkerSettings.of("nowhere")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("no Kafka client for nowhere: ");
        assertThatThrownBy(() -> WorkerSettings.of("x:1").withInFlight(0))
                .hasMessage("inFlight must be 1…100000, is '0'");
    }

    private Worker start(MockProducer<byte[], byte[]> producer, String... domains) throws IOException {
        consumer.schedulePollTask(() -> {
            consumer.rebalance(List.of(PARTITION));
            consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
            for (int seq = 0; seq < domains.length; seq++) {
                byte[] value = Wire.write(Target.of("2026-11", seq, domains[seq], List.of("test")));
                consumer.addRecord(new ConsumerRecord<>(Topics.TARGETS, 0, seq, null, value));
            }
        });
        return Worker.start(
                probe(),
                WorkerSettings.of("unused:1")
                        .withCommitEvery(Duration.ofMillis(50))
                        .withDrain(Duration.ofMillis(300)),
                notice -> {},
                consumer,
                producer);
    }

    private static ProbeSettings probe() {
        return ProbeSettings.defaults()
                .withVantage("reef-1")
                .withEhloName("probe.example")
                .withResolvers(List.of(nsd.address()))
                .withSmtpPort(block.port())
                .withAllowPrivate(true)
                .withGap(Duration.ZERO)
                .withTimeouts(Timeouts.DEFAULT.withGreeting(Duration.ofSeconds(30)));
    }

    private static MockProducer<byte[], byte[]> producer(boolean acknowledging) {
        return new MockProducer<>(acknowledging, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private long committed() {
        return consumer.committed(PARTITION);
    }

    /** The test's own time-out ends it if the condition never holds. */
    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
