package org.mailpulse.testbed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailpulse.testbed.LoopbackBlock;
import org.mailpulse.testbed.Tool;

@Timeout(60)
class NsdTest {
    private static final String LONG_LABEL = "a".repeat(60) + "." + "b".repeat(60) + "." + "c".repeat(60);
    private static final String HARBOUR = """
            $ORIGIN harbour.test.
            $TTL 300
            @ SOA ns hostmaster 1 3600 600 86400 60
            @ NS ns
            @ MX 10 mx
            ns A 127.0.0.1
            mx A 127.0.0.2
            large MX 1 %1$s.x1
            large MX 2 %1$s.x2
            large MX 3 1.%1$s
            """.formatted(LONG_LABEL);

    private static InetSocketAddress authority;
    private static InetSocketAddress recursor;
    private static Nsd nsd;
    private static Unbound unbound;

    @BeforeAll
    static void start() throws IOException {
        LoopbackBlock block = LoopbackBlock.claim(2);
        authority = block.at(1);
        recursor = block.at(2);
        nsd = Nsd.start(authority, List.of(new Nsd.Zone("harbour.test", HARBOUR), Nsd.Zone.broken("wreck.test")));
        unbound = Unbound.start(recursor, authority);
    }

    @AfterAll
    static void stop() {
        if (unbound != null) {
            unbound.close();
        }
        if (nsd != null) {
            nsd.close();
        }
    }

    @Test
    void answersFromItsZoneByUdpAndByTcp() throws IOException {
        for (String transport : List.of("-u", "-t")) {
            assertThat(Tool.drill(authority, "harbour.test", "MX", transport))
                    .contains("rcode: NOERROR")
                    .containsPattern("harbour\\.test\\.\\s+300\\s+IN\\s+MX\\s+10 mx\\.harbour\\.test\\.");
        }
    }

    @Test
    void saysThatANameInItsZoneDoesNotExist() throws IOException {
        assertThat(Tool.drill(authority, "absent.harbour.test", "MX")).contains("rcode: NXDOMAIN");
    }

    @Test
    void failsForAZoneThatIsNotLoaded() throws IOException {
        assertThat(Tool.drill(authority, "wreck.test", "MX")).contains("rcode: SERVFAIL");
    }

    @Test
    void refusesForAZoneThatIsNotItsOwn() throws IOException {
        assertThat(Tool.drill(authority, "elsewhere.example", "MX")).contains("rcode: REFUSED");
    }

    @Test
    void truncatesByUdpWhatIsLargerThan512BytesAndTellsAllByTcp() throws IOException {
        assertThat(Tool.drill(authority, "large.harbour.test", "MX", "-u", "-b", "4096"))
                .containsPattern(";; flags:.*\\btc\\b");
        assertThat(Tool.drill(authority, "large.harbour.test", "MX", "-t"))
                .contains("3 " + "1." + LONG_LABEL)
                .contains("ANSWER: 3");
    }

    @Test
    void aZoneWithAnErrorIsReportedInNsdsWords() {
        Nsd.Zone bad = new Nsd.Zone("bad.test", "this is no zone\n");
        assertThatThrownBy(() -> Nsd.start(LoopbackBlock.claim(1).at(1), List.of(bad)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bad.test");
    }

    @Test
    void unboundPassesQuestionsOn() throws IOException {
        assertThat(Tool.drill(recursor, "mx.harbour.test", "A"))
                .contains("rcode: NOERROR")
                .contains("127.0.0.2");
        assertThat(Tool.drill(recursor, "absent.harbour.test", "A")).contains("rcode: NXDOMAIN");
        assertThat(Tool.drill(recursor, "wreck.test", "A")).contains("rcode: SERVFAIL");
    }
}
