package org.mailpulse.probe.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailpulse.probe.policy.StsRecord.Kind;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.TXTRecord;

class StsRecordTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "v=STSv1; id=20160831085700Z;",
                "v=STSv1; id=20160831085700Z",
                "v=STSv1;id=20160831085700Z",
                "v=STSv1 ;\tid=20160831085700Z ; ",
                "v=STSv1; new-field=x; id=20160831085700Z; other.field=!/~;",
                "v=STSv1; id=20160831085700Z; id=second;"
            })
    void whatTheGrammarAllowsIsARecord(String text) {
        assertThat(StsRecord.of(List.of("v=spf1 -all", text))).isEqualTo(new StsRecord(Kind.VALID, "20160831085700Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v=STSv1",
                "v=STSv1;",
                "v=STSv1; ",
                "v=STSv1; id=",
                "v=STSv1; id=;",
                "v=STSv1; id=1-2",
                "v=STSv1; id=1 2",
                "v=STSv1; ID=1",
                "v=STSv1; id = 1",
                "v=STSv1 id=1",
                "v=STSv1; id=1;; x=y",
                "v=STSv1; id=1; -x=y",
                "v=STSv1; id=1; x=",
                "v=STSv1; id=1; x",
                "v=STSv1; id=\u00e9",
                "v=STSv1; id=123456789012345678901234567890123",
                "v=STSv1; x=1; id=123456789012345678901234567890123; id=1"
            })
    void whatItDoesNotAllowIsInvalid(String text) {
        assertThat(StsRecord.of(List.of(text)).kind()).isEqualTo(Kind.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v=STSv2; id=1", "v=STSv10; id=1", "V=STSv1; id=1", " v=STSv1; id=1", "v=spf1 -all"})
    void otherTextRecordsAreNoneOfOurs(String text) {
        assertThat(StsRecord.of(List.of(text)).kind()).isEqualTo(Kind.ABSENT);
    }

    @Test
    @Timeout(5)
    void aHostileTextIsReadInNoTime() {
        String blanks = " \t".repeat(30_000);
        assertThat(StsRecord.of(List.of("v=STSv1" + blanks + ";" + blanks + "id=1" + blanks)))
                .isEqualTo(new StsRecord(Kind.VALID, "1"));
        assertThat(StsRecord.of(List.of("v=STSv1; id=1; x=" + "y".repeat(60_000) + blanks + "z"))
                        .kind())
                .isEqualTo(Kind.INVALID);
        assertThat(StsRecord.of(List.of("v=STSv1" + ";".repeat(60_000))).kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void twoRecordsAreOneTooMany() {
        assertThat(StsRecord.of(List.of("v=STSv1; id=1", "v=STSv1; id=1")).kind())
                .isEqualTo(Kind.INVALID);
    }

    @Test
    void theStringsOfARecordBelongTogether() {
        TXTRecord record = new TXTRecord(Name.root, DClass.IN, 60, List.of("v=STS", "v1; id=", "1"));
        assertThat(StsRecord.text(record)).isEqualTo("v=STSv1; id=1");
    }

    @Property
    void anyIdOfUpTo32LettersAndDigitsIsKept(
            @ForAll @AlphaChars @NumericChars @StringLength(min = 1, max = 32) String id) {
        assertThat(StsRecord.of(List.of("v=STSv1; id=" + id + ";"))).isEqualTo(new StsRecord(Kind.VALID, id));
    }

    @Property
    void anyTextHasAnAnswer(@ForAll String tail) {
        StsRecord record = StsRecord.of(List.of("v=STSv1;" + tail));
        assertThat(record.kind()).isNotEqualTo(Kind.ABSENT);
        assertThat(record.id() != null).isEqualTo(record.kind() == Kind.VALID);
    }
}
