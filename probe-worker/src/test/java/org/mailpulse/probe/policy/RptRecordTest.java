package org.mailpulse.probe.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailpulse.model.observation.TlsRptFinding;
import org.mailpulse.model.observation.TlsRptFinding.State;

/** RFC 8460 §3. */
class RptRecordTest {
    @Test
    void theExamplesOfTheRfcAreUnderstood() {
        assertThat(read("v=TLSRPTv1;rua=mailto:reports@example.com").rua())
                .containsExactly("mailto:reports@example.com");
        assertThat(read("v=TLSRPTv1; rua=https://reporting.example.com/v1/tlsrpt")
                        .rua())
                .containsExactly("https://reporting.example.com/v1/tlsrpt");
    }

    @Test
    void severalAddressesAreToldInTheirOrderAndBlanksBelongToNone() {
        assertThat(read("v=TLSRPTv1 ; rua=mailto:a@example.com ,\thttps://example.com/r ; future=1;"))
                .isEqualTo(new TlsRptFinding(State.PRESENT, List.of("mailto:a@example.com", "https://example.com/r")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v=TLSRPTv1",
                "v=TLSRPTv1;",
                "v=TLSRPTv1; rua=",
                "v=TLSRPTv1; rua=reports@example.com",
                "v=TLSRPTv1; rua=ftp://example.com/",
                "v=TLSRPTv1; rua=http://example.com/",
                "v=TLSRPTv1; rua=mailto:a b@example.com",
                "v=TLSRPTv1;; rua=mailto:a@example.com",
                "v=TLSRPTv1; rua=mailto:a@example.com; nonsense",
                "v=TLSRPTv1 rua=mailto:a@example.com"
            })
    void aRecordThatNamesNobodyOrIsNoneByTheGrammarIsMalformed(String text) {
        assertThat(read(text)).isEqualTo(TlsRptFinding.only(State.MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v=spf1 -all", "v=TLSRPTv2; rua=mailto:a@example.com", "v=TLSRPTv11", "x v=TLSRPTv1;"})
    void otherRecordsAreNone(String text) {
        assertThat(read(text)).isEqualTo(TlsRptFinding.only(State.ABSENT));
    }

    @Test
    void oneRecordMayStandBesideOthersButNotBesideASecondOfItsKind() {
        String record = "v=TLSRPTv1; rua=mailto:a@example.com";
        assertThat(RptRecord.read(List.of("v=spf1 -all", record)).state()).isEqualTo(State.PRESENT);
        assertThat(RptRecord.read(List.of(record, record)).state()).isEqualTo(State.MALFORMED);
    }

    @Test
    void aRecordWithoutEndIsKeptWithinBounds() {
        String many = String.join(",", Collections.nCopies(3_000, "mailto:a@example.com"));
        assertThat(read("v=TLSRPTv1; rua=" + many).rua()).hasSize(TlsRptFinding.MAX_URIS);
        assertThat(read("v=TLSRPTv1; rua=mailto:" + "a".repeat(60_000)).state()).isEqualTo(State.MALFORMED);
    }

    @Property
    void whateverStandsInItIsBorneAndBounded(@ForAll String field) {
        TlsRptFinding found = read("v=TLSRPTv1; rua=" + field);
        assertThat(found.state()).isIn(State.PRESENT, State.MALFORMED);
        assertThat(found.rua()).allMatch(uri -> uri.length() <= TlsRptFinding.MAX_URI_CHARS);
    }

    private static TlsRptFinding read(String text) {
        return RptRecord.read(List.of(text));
    }
}
