package org.mailpulse.probe.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailpulse.probe.net.Transport;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

@Timeout(60)
class NettyResolverTest {
    private static Transport transport;

    @BeforeAll
    static void open() {
        transport = Transport.open(1);
    }

    @AfterAll
    static void close() {
        transport.close();
    }

    @Test
    void asksWithRecursionDesiredAndAModestEdnsSize() throws Exception {
        try (ScriptedDns server =
                new ScriptedDns((query, number) -> List.of(answer(query, 1).toWire()))) {
            assertThat(address(ask(server))).isEqualTo("192.0.2.1");
            Message query = server.queries().get(0);
            assertThat(query.getHeader().getFlag(Flags.RD)).isTrue();
            assertThat(query.getOPT().getPayloadSize()).isEqualTo(1232);
        }
    }

    @Test
    void keepsTheCallersId() throws Exception {
        try (ScriptedDns server = new ScriptedDns(
                        (query, number) -> List.of(answer(query, 1).toWire()));
                NettyResolver resolver = resolver(server)) {
            Message query = query("id.test.");
            Message answer = get(resolver.sendAsync(query).toCompletableFuture());
            assertThat(answer.getHeader().getID()).isEqualTo(query.getHeader().getID());
        }
    }

    @Test
    void ignoresAnswersToOtherIdsOtherQuestionsAndQueriesInReturn() throws Exception {
        try (ScriptedDns server = new ScriptedDns((query, number) -> {
            Message otherId = answer(query, 66);
            otherId.getHeader().setID(query.getHeader().getID() ^ 1);
            Message otherName = answer(query("elsewhere.test."), 66);
            otherName.getHeader().setID(query.getHeader().getID());
            Message noAnswer = answer(query, 66);
            noAnswer.getHeader().unsetFlag(Flags.QR);
            return List.of(
                    otherId.toWire(),
                    otherName.toWire(),
                    noAnswer.toWire(),
                    new byte[5],
                    answer(query, 1).toWire());
        })) {
            assertThat(address(ask(server))).isEqualTo("192.0.2.1");
            assertThat(server.queries()).hasSize(1);
        }
    }

    @Test
    void asksAgainWhenNothingComes() throws Exception {
        try (ScriptedDns server = new ScriptedDns((query, number) ->
                number < 2 ? List.of() : List.of(answer(query, 1).toWire()))) {
            assertThat(address(ask(server))).isEqualTo("192.0.2.1");
            assertThat(server.queries()).hasSize(3);
        }
    }

    @Test
    void asksAgainAfterAMalformedAnswer() throws Exception {
        try (ScriptedDns server = new ScriptedDns((query, number) -> {
            byte[] wire = answer(query, 1).toWire();
            if (number == 0) {
                wire[7] = 9; // nine answers announced, one there
            }
            return List.of(wire);
        })) {
            assertThat(address(ask(server))).isEqualTo("192.0.2.1");
            assertThat(server.queries()).hasSize(2);
        }
    }

    @Test
    void leavesEdnsOutWhereItIsNotUnderstood() throws Exception {
        try (ScriptedDns server = new ScriptedDns((query, number) -> {
            if (query.getOPT() == null) {
                return List.of(answer(query, 1).toWire());
            }
            byte[] header = answer(query, 1).toWire();
            byte[] refusal = java.util.Arrays.copyOf(header, 12);
            refusal[3] = Rcode.FORMERR;
            for (int count = 4; count < 12; count++) {
                refusal[count] = 0;
            }
            return List.of(refusal);
        })) {
            assertThat(address(ask(server))).isEqualTo("192.0.2.1");
            assertThat(server.queries()).hasSize(2);
        }
    }

    @Test
    void silenceEndsAsATimeOutAtTheDeadline() throws Exception {
        try (ScriptedDns server = new ScriptedDns((query, number) -> List.of())) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> ask(server))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining(String.valueOf(server.address().getPort()));
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(1900), Duration.ofSeconds(8));
        }
    }

    @Test
    void nobodyThereIsAnErrorThatNamesTheServer() throws Exception {
        InetSocketAddress gone;
        try (ScriptedDns server = new ScriptedDns((query, number) -> List.of())) {
            gone = server.address();
        }
        try (NettyResolver resolver = resolver(gone)) {
            assertThatThrownBy(() -> get(resolver.sendAsync(query("a.test.")).toCompletableFuture()))
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(gone.toString());
        }
    }

    @Test
    void aRefusalMovesOnToTheNextServer() throws Exception {
        try (ScriptedDns refusing = new ScriptedDns((query, number) -> {
                    Message answer = answer(query, 66);
                    answer.removeAllRecords(Section.ANSWER);
                    answer.getHeader().setRcode(Rcode.REFUSED);
                    return List.of(answer.toWire());
                });
                ScriptedDns willing = new ScriptedDns(
                        (query, number) -> List.of(answer(query, 1).toWire()));
                NettyResolver resolver = resolver(refusing.address(), willing.address())) {
            for (int i = 0; i < 10; i++) {
                assertThat(address(get(
                                resolver.sendAsync(query("a" + i + ".test.")).toCompletableFuture())))
                        .isEqualTo("192.0.2.1");
            }
            assertThat(refusing.queries()).isNotEmpty();
        }
    }

    @Test
    void usesManyPortsAndUnpredictableIds() throws Exception {
        try (ScriptedDns server = new ScriptedDns(
                        (query, number) -> List.of(answer(query, 1).toWire()));
                NettyResolver resolver = resolver(server)) {
            for (int i = 0; i < 100; i++) {
                get(resolver.sendAsync(query("a.test.")).toCompletableFuture());
            }
            assertThat(server.clientPorts().stream().distinct().count()).isGreaterThanOrEqualTo(4);
            assertThat(server.queries().stream()
                            .map(query -> query.getHeader().getID())
                            .distinct()
                            .count())
                    .isGreaterThan(90);
        }
    }

    @Test
    void queriesBeyondTheLimitWaitTheirTurn() throws Exception {
        try (ScriptedDns server = new ScriptedDns(
                        (query, number) -> List.of(answer(query, 1).toWire()));
                NettyResolver resolver = new NettyResolver(
                        transport, List.of(server.address()), Duration.ofSeconds(2), Duration.ofSeconds(9), 3)) {
            List<CompletableFuture<Message>> answers = IntStream.range(0, 200)
                    .mapToObj(i -> resolver.sendAsync(query("a" + i + ".test.")).toCompletableFuture())
                    .toList();
            assertThat(resolver.inFlight()).isLessThanOrEqualTo(3);
            for (CompletableFuture<Message> answer : answers) {
                assertThat(address(get(answer))).isEqualTo("192.0.2.1");
            }
            assertThat(resolver.inFlight()).isZero();
        }
    }

    @Test
    void aClosedResolverRefuses() throws Exception {
        try (ScriptedDns server = new ScriptedDns((query, number) -> List.of())) {
            NettyResolver resolver = resolver(server);
            CompletableFuture<Message> pending =
                    resolver.sendAsync(query("a.test.")).toCompletableFuture();
            resolver.close();
            assertThatThrownBy(() -> get(pending)).hasMessageContaining("resolver is closed");
            assertThatThrownBy(() -> get(resolver.sendAsync(query("a.test.")).toCompletableFuture()))
                    .hasMessageContaining("resolver is closed");
        }
    }

    private static Message ask(ScriptedDns server) throws Exception {
        try (NettyResolver resolver = resolver(server)) {
            return get(resolver.sendAsync(query("a.test.")).toCompletableFuture());
        }
    }

    private static NettyResolver resolver(ScriptedDns server) throws IOException {
        return resolver(server.address());
    }

    private static NettyResolver resolver(InetSocketAddress... servers) throws IOException {
        return new NettyResolver(transport, List.of(servers), Duration.ofMillis(300), Duration.ofSeconds(2), 100);
    }

    private static Message get(CompletableFuture<Message> answer) throws Exception {
        return answer.get(20, TimeUnit.SECONDS);
    }

    private static Message query(String name) {
        return Message.newQuery(Record.newRecord(Name.fromConstantString(name), Type.A, DClass.IN));
    }

    private static Message answer(Message query, int last) {
        Message answer = query.clone();
        answer.removeAllRecords(Section.ADDITIONAL);
        answer.getHeader().setFlag(Flags.QR);
        Name name = query.getQuestion().getName();
        answer.addRecord(new ARecord(name, DClass.IN, 60, new byte[] {(byte) 192, 0, 2, (byte) last}), Section.ANSWER);
        return answer;
    }

    private static String address(Message answer) {
        return answer.getSection(Section.ANSWER).get(0).rdataToString();
    }
}
