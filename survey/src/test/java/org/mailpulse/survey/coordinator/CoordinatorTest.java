package org.mailpulse.survey.coordinator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.mailpulse.survey.coordinator.FakeWorkers.VANTAGE;
import static org.mailpulse.survey.coordinator.FakeWorkers.nxdomain;
import static org.mailpulse.survey.coordinator.FakeWorkers.observation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailpulse.broker.Broker;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.survey.Target;
import org.mailpulse.model.wire.Topics;
import org.mailpulse.model.wire.Wire;
import org.mailpulse.survey.targets.TargetList;

/** Over a real broker. Each test takes a survey of its own; the others' records lie on the same topics. */
@Timeout(60)
class CoordinatorTest {
    @TempDir
    static Path folder;

    private static Broker broker;
    private static final AtomicInteger DAY = new AtomicInteger();

    private final List<Progress> progress = new ArrayList<>();
    private String survey;
    private FakeWorkers workers;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = Broker.start(folder.resolve("kafka"), 0);
        TopicAdmin.create(broker.bootstrap());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void nameTheSurvey() {
        survey = "2026-01-%02d".formatted(DAY.incrementAndGet());
    }

    @AfterEach
    void sendTheWorkersHome() {
        if (workers != null) {
            workers.close();
            workers = null;
        }
    }

    @Test
    void endsWhenEveryTargetHasAnAnswer() throws Exception {
        workers = workers(target -> List.of(nxdomain(target)));
        SurveyOutcome outcome = coordinator(settings(), list(500)).run();

        assertThat(outcome.total()).isEqualTo(500);
        assertThat(outcome.seen()).isEqualTo(500);
        assertThat(outcome.unknown()).isZero();
        assertThat(outcome.notObserved()).isZero();
        assertThat(outcome.stopped()).isFalse();
        assertThat(workers.received).hasSize(500);
        assertThat(workers.received.stream().map(Target::seq).limit(50))
                .as("the order is shuffled")
                .anyMatch(seq -> seq >= 250);
        assertThat(progress).last().satisfies(end -> {
            assertThat(end.seen()).isEqualTo(end.total()).isEqualTo(500);
            assertThat(end.inFlight()).isZero();
            assertThat(end.eta()).isZero();
        });
    }

    @Test
    void countsTheUnknownApart() throws Exception {
        workers = workers(target ->
                List.of(observation(target, VANTAGE, target.seq() % 4 == 0 ? MailDns.ERROR : MailDns.NULL_MX)));
        SurveyOutcome outcome = coordinator(settings(), list(40)).run();

        assertThat(outcome.unknown()).isEqualTo(10);
        assertThat(outcome.notObserved()).isZero();
    }

    @Test
    void neverHasMoreTargetsOutThanTheWindowHolds() throws Exception {
        List<Target> held = new ArrayList<>();
        AtomicInteger most = new AtomicInteger();
        Function<Target, List<byte[]>> answersWhenTheWindowIsFull = target -> {
            held.add(target);
            most.accumulateAndGet(held.size(), Math::max);
            if (held.size() < 50) {
                return List.of();
            }
            List<byte[]> answers = held.stream().map(FakeWorkers::nxdomain).toList();
            held.clear();
            return answers;
        };
        workers = workers(answersWhenTheWindowIsFull);
        SurveyOutcome outcome = coordinator(settings().withWindow(50).withQuiet(Duration.ofSeconds(40)), list(300))
                .run();

        assertThat(outcome.seen()).isEqualTo(300);
        assertThat(outcome.republished()).isZero();
        assertThat(most).hasValue(50);
    }

    @Test
    void asksAgainForTargetsThatWorkersLost() throws Exception {
        Set<Long> lost = ConcurrentHashMap.newKeySet();
        workers = workers(
                target -> target.seq() % 10 == 0 && lost.add(target.seq()) ? List.of() : List.of(nxdomain(target)));
        SurveyOutcome outcome = coordinator(settings(), list(100)).run();

        assertThat(outcome.seen()).isEqualTo(100);
        assertThat(outcome.notObserved()).isZero();
        assertThat(outcome.republished()).isEqualTo(10);
        assertThat(workers.received).hasSize(110);
    }

    @Test
    void writesDownAsNotObservedWhatNobodyEverAnswers() throws Exception {
        workers = workers(target -> target.seq() == 3 ? List.of() : List.of(nxdomain(target)));
        SurveyOutcome outcome = coordinator(settings().withAttempts(2), list(5)).run();

        assertThat(outcome.seen()).isEqualTo(5);
        assertThat(outcome.notObserved()).isEqualTo(1);
        assertThat(outcome.unknown()).isEqualTo(1);
        assertThat(workers.received.stream().filter(target -> target.seq() == 3))
                .hasSize(2);
        assertThat(observations())
                .filteredOn(seen -> seen.dns() == MailDns.NOT_OBSERVED)
                .singleElement()
                .satisfies(seen -> {
                    assertThat(seen.seq()).isEqualTo(3);
                    assertThat(seen.domain()).isEqualTo("d3.example");
                    assertThat(seen.vantage()).isEqualTo(VANTAGE);
                    assertThat(seen.populations()).containsExactly("p");
                });
    }

    @Test
    void atTheDeadlineTheRestIsNotObserved() throws Exception {
        Instant start = Instant.now();
        SurveyOutcome outcome = coordinator(
                        settings()
                                .withWindow(3)
                                .withQuiet(Duration.ofSeconds(40))
                                .withDeadline(Duration.ofMillis(300)),
                        list(10))
                .run();

        assertThat(outcome.notObserved()).isEqualTo(10);
        assertThat(outcome.stopped()).isFalse();
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
        assertThat(observations()).hasSize(10).allMatch(seen -> seen.dns() == MailDns.NOT_OBSERVED);
    }

    @Test
    void anotherRunContinuesWhereTheFirstWasStopped() throws Exception {
        CompletableFuture<SurveyOutcome> first = new CompletableFuture<>();
        workers = workers(target -> target.seq() < 30 ? List.of(nxdomain(target)) : List.of());
        CompletableFuture<Progress> thirtySeen = new CompletableFuture<>();
        Coordinator coordinator = new Coordinator(
                settings().withQuiet(Duration.ofSeconds(40)).withProgressEvery(Duration.ofMillis(20)),
                list(100),
                now -> {
                    if (now.seen() == 30) {
                        thirtySeen.complete(now);
                    }
                });
        Thread thread = new Thread(() -> {
            try {
                first.complete(coordinator.run());
            } catch (Exception e) {
                first.completeExceptionally(e);
            }
        });
        thread.start();
        assertThat(thirtySeen.get(30, TimeUnit.SECONDS).inFlight()).isEqualTo(70);
        coordinator.stop();
        SurveyOutcome broken = first.get(10, TimeUnit.SECONDS);
        assertThat(broken.stopped()).isTrue();
        assertThat(broken.seen()).isEqualTo(30);
        assertThat(broken.notObserved()).isZero();
        workers = workers(target -> List.of(nxdomain(target)));
        SurveyOutcome end = coordinator(settings(), list(100)).run();

        assertThat(end.seen()).isEqualTo(100);
        assertThat(workers.received.stream().map(Target::seq))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(30, 100).mapToObj(Long::valueOf).toList());
    }

    @Test
    void aRunThatIsStoppedBeforeItBeginsEndsAtOnce() throws Exception {
        Coordinator coordinator = coordinator(settings().withQuiet(Duration.ofSeconds(40)), list(10));
        coordinator.stop();

        assertThat(coordinator.run().stopped()).isTrue();
    }

    @Test
    void recordsThatAreNotObservationsAreCountedAndPassedOver() throws Exception {
        workers = workers(target -> target.seq() > 0
                ? List.of(nxdomain(target))
                : List.of(
                        "\u0000garbage".getBytes(UTF_8),
                        "{}".getBytes(UTF_8),
                        ("{\"survey\":\"" + survey + "\",\"seq\":1}").getBytes(UTF_8),
                        nxdomain(Target.of(survey, 1, "another.example", List.of())),
                        nxdomain(Target.of(survey, 99_999_999_999L, "d1.example", List.of())),
                        nxdomain(target)));
        SurveyOutcome outcome = coordinator(settings(), list(3)).run();

        assertThat(outcome.seen()).isEqualTo(3);
        assertThat(outcome.badRecords()).isGreaterThanOrEqualTo(5); // other tests' garbage lies on the topic too
    }

    @Test
    void answersFromOtherVantagePointsAndSurveysDoNotCount() throws Exception {
        Set<Long> once = new HashSet<>();
        workers = workers(target -> once.add(target.seq())
                ? List.of(
                        observation(target, "elsewhere", MailDns.NXDOMAIN),
                        nxdomain(Target.of("2025-12", target.seq(), target.domain(), List.of())))
                : List.of(nxdomain(target)));
        SurveyOutcome outcome = coordinator(settings(), list(3)).run();

        assertThat(outcome.republished()).isEqualTo(3);
        assertThat(outcome.seen()).isEqualTo(3);
    }

    @Test
    void everyVantagePointAnswersEveryTargetAndOnlyWhoLostOneIsAskedAgain() throws Exception {
        Set<Long> lost = ConcurrentHashMap.newKeySet();
        workers = workers(target -> target.addressees().stream()
                .filter(vantage -> vantage.equals(VANTAGE) || target.seq() != 2 || !lost.add(target.seq()))
                .map(vantage -> observation(target, vantage, MailDns.NXDOMAIN))
                .toList());
        SurveyOutcome outcome =
                coordinator(settings("there", VANTAGE), list(20)).run();

        assertThat(outcome.seen()).isEqualTo(20);
        assertThat(outcome.notObserved()).isZero();
        assertThat(outcome.republished()).isEqualTo(1);
        assertThat(workers.received)
                .hasSize(21)
                .allMatch(target -> target.vantages().equals(List.of(VANTAGE, "there")));
        assertThat(workers.received).last().satisfies(again -> {
            assertThat(again.seq()).isEqualTo(2);
            assertThat(again.addressees()).containsExactly("there");
        });
        assertThat(observations()).hasSize(40).allMatch(seen -> seen.vantages().equals(List.of(VANTAGE, "there")));
    }

    @Test
    void oneVantagePointThatNeverAnswersIsGivenUpAlone() throws Exception {
        workers = workers(target -> target.addressees().contains(VANTAGE) ? List.of(nxdomain(target)) : List.of());
        SurveyOutcome outcome = coordinator(settings(VANTAGE, "silent").withAttempts(2), list(7))
                .run();

        assertThat(outcome.seen()).isEqualTo(7);
        assertThat(outcome.notObserved()).isEqualTo(7);
        assertThat(observations())
                .filteredOn(seen -> seen.dns() == MailDns.NOT_OBSERVED)
                .hasSize(7)
                .allMatch(seen -> seen.vantage().equals("silent"));
    }

    @Test
    void oneVantagePointAloneIsNamedByItsTargetsButNotByItsObservations() throws Exception {
        workers = workers(target -> List.of(nxdomain(target)));
        coordinator(settings(), list(2)).run();

        assertThat(workers.received)
                .allMatch(target ->
                        target.vantages().isEmpty() && target.addressees().equals(List.of(VANTAGE)));
        assertThat(observations()).allMatch(seen -> seen.vantages().isEmpty());
    }

    @Test
    void aSurveyKeepsItsVantagePoints() throws Exception {
        workers = workers(target -> List.of(nxdomain(target)));
        coordinator(settings(), list(2)).run();

        assertThatExceptionOfType(CoordinatorException.class)
                .isThrownBy(
                        () -> coordinator(settings(VANTAGE, "there"), list(2)).run())
                .withMessage("survey " + survey + " was begun from one vantage point alone, not from " + VANTAGE
                        + ", there; a survey keeps its vantage points");
    }

    @Test
    void refusesToContinueWithAnotherList() throws Exception {
        workers = workers(target -> List.of(nxdomain(target)));
        coordinator(settings(), list(3)).run();
        assertThatExceptionOfType(CoordinatorException.class)
                .isThrownBy(() -> coordinator(settings(), list("other.example")).run())
                .withMessageMatching("survey " + survey + " was begun with another target list "
                        + "\\(number \\d was d\\d.example, is (other.example|not there)\\); "
                        + "use that list, or another survey name");
    }

    @Test
    void aClosedSurveyTakesNoNewTargetsButMayEndAgain() throws Exception {
        workers = workers(target -> List.of(nxdomain(target)));
        coordinator(settings(), list(3)).run();
        ClosingClock.start(broker.bootstrap(), survey, List.of(VANTAGE), Duration.ofHours(1))
                .close();

        assertThat(coordinator(settings(), list(3)).run().seen()).isEqualTo(3);
        assertThat(workers.received).hasSize(3);
        assertThatExceptionOfType(CoordinatorException.class)
                .isThrownBy(() -> coordinator(settings(), list(5)).run())
                .withMessage("survey " + survey
                        + " is closed, but 2 targets of the list are not in it; use a later survey name");
    }

    @Test
    void aSurveyDatedBeforeAClosedOneCannotBeTakenAnyMore() throws Exception {
        ClosingClock.start(broker.bootstrap(), survey, List.of(VANTAGE), Duration.ofHours(1))
                .close();
        CoordinatorSettings earlier = CoordinatorSettings.of(broker.bootstrap(), "2025-11", VANTAGE);

        assertThatExceptionOfType(CoordinatorException.class)
                .isThrownBy(() -> coordinator(earlier, list(5)).run())
                .withMessage("survey 2025-11 came too late: survey " + survey
                        + " is closed, but 5 targets of the list are not in it; use a later survey name");
    }

    @Test
    @SuppressWarnings("try") // the clock ticks by being there
    void theClosingClockReachesEveryPartitionAgainAndAgain() throws Exception {
        try (ClosingClock clock =
                ClosingClock.start(broker.bootstrap(), survey, List.of(VANTAGE), Duration.ofMillis(50))) {
            assertThat(clocksByPartition(3))
                    .hasSize(8)
                    .allSatisfy(count -> assertThat(count).isGreaterThanOrEqualTo(3));
        }
    }

    @Test
    void theClosingClockWakesTheReaderOfHandshakesToo() throws Exception {
        ClosingClock.start(broker.bootstrap(), survey, List.of(VANTAGE), Duration.ofHours(1))
                .close();

        try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.consumer(broker.bootstrap())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.HANDSHAKES).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            assertThat(consumer.endOffsets(partitions).values()).hasSize(4).allMatch(end -> end > 0);
        }
    }

    @Test
    void topicsAreCreatedOnceAndLeftAlone() throws Exception {
        TopicAdmin.create(broker.bootstrap(), new TopicAdmin.Partitions(1, 1, 1));

        try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.consumer(broker.bootstrap())) {
            assertThat(consumer.partitionsFor(Topics.TARGETS)).hasSize(8);
            assertThat(consumer.partitionsFor(Topics.HANDSHAKES)).hasSize(4);
        }
    }

    @Test
    void saysInOneLineThatNoBrokerAnswers() throws Exception {
        String nobody = "127.0.0.1:1";
        Coordinator coordinator =
                new Coordinator(CoordinatorSettings.of(nobody, survey, VANTAGE), list(1), progress::add);
        CompletableFuture<Void> inTheMeantime = CompletableFuture.runAsync(() -> assertThatIOException()
                .isThrownBy(coordinator::run)
                .withMessage("no Kafka broker answers at " + nobody));

        assertThatIOException()
                .isThrownBy(() -> TopicAdmin.create(nobody))
                .withMessage("no Kafka broker answers at " + nobody);
        assertThatIOException()
                .isThrownBy(() -> TopicAdmin.create("not a broker"))
                .withMessage("no Kafka broker answers at not a broker");
        inTheMeantime.get(40, TimeUnit.SECONDS);
    }

    private FakeWorkers workers(Function<Target, List<byte[]>> behaviour) throws Exception {
        sendTheWorkersHome();
        return new FakeWorkers(broker.bootstrap(), survey, behaviour);
    }

    private CoordinatorSettings settings() {
        return settings(VANTAGE);
    }

    private CoordinatorSettings settings(String... vantages) {
        return CoordinatorSettings.of(broker.bootstrap(), survey, vantages).withQuiet(Duration.ofMillis(1500));
    }

    private Coordinator coordinator(CoordinatorSettings settings, TargetList list) {
        return new Coordinator(settings, list, progress::add);
    }

    private static TargetList list(int size) throws Exception {
        return list(IntStream.range(0, size).mapToObj(i -> "d" + i + ".example").toArray(String[]::new));
    }

    private static TargetList list(String... domains) throws Exception {
        Path csv = Files.createTempFile(folder, "list", ".csv");
        Files.writeString(
                csv,
                "population,domain\n"
                        + List.of(domains).stream().map(d -> "p," + d).collect(Collectors.joining("\n")));
        return TargetList.load(csv, folder.resolve("rejected.csv"));
    }

    /** All that stands on the topic of this survey. */
    private List<Observation> observations() throws Exception {
        List<Observation> found = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> written : everything()) {
            if (written.headers().lastHeader(Topics.CLOCK_HEADER) == null
                    && survey.equals(Wire.surveyOf(written.value()))) {
                found.add(Wire.readObservation(written.value()));
            }
        }
        return found;
    }

    private List<Integer> clocksByPartition(int atLeast) throws Exception {
        while (true) {
            List<Integer> counts =
                    new ArrayList<>(IntStream.range(0, 8).mapToObj(i -> 0).toList());
            for (ConsumerRecord<byte[], byte[]> written : everything()) {
                if (written.headers().lastHeader(Topics.CLOCK_HEADER) != null
                        && Wire.readClock(written.value()).closes().equals(survey)) {
                    counts.set(written.partition(), counts.get(written.partition()) + 1);
                }
            }
            if (counts.stream().allMatch(count -> count >= atLeast)) {
                return counts;
            }
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> everything() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.consumer(broker.bootstrap())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.OBSERVATIONS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
        }
        return all;
    }
}
