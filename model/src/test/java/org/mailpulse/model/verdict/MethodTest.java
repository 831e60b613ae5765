package org.mailpulse.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailpulse.model.AnyObservation;
import org.mailpulse.model.Facts;
import org.mailpulse.model.Schema;
import org.mailpulse.model.observation.Handshake;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Reason;

class MethodTest {
    private static final Observation AT_GOOGLE =
            Facts.of("example.no", Facts.host("mx.example.no", 10, Facts.calling("mx.google.com")));

    @Test
    void thePresentOneIsTheOneOfTheSchemaAndTheNewest() {
        assertThat(Method.PRESENT.version()).isEqualTo(Schema.METHOD);
        assertThat(Method.PRESENT).isEqualTo(Method.values()[Method.values().length - 1]);
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsVersion(Method method) {
        assertThat(Method.of(method.version())).isEqualTo(method);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3, Integer.MAX_VALUE})
    void oneThatThereIsNotIsRefusedNamingThoseThatThereAre(int version) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Method.of(version))
                .withMessageContaining(String.valueOf(version))
                .withMessageEndingWith("known are 1, 2");
    }

    @ParameterizedTest
    @EnumSource
    void verdictsBearTheMethodThatMadeThem(Method method) {
        assertThat(DomainJudge.judge(AT_GOOGLE, method).methodVersion()).isEqualTo(method.version());
        Handshake skipped = Handshake.skipped("2026-11", "oslo", "mx.example.no", "192.0.2.1", Reason.OPTED_OUT);
        assertThat(HostVerdict.judge(skipped, method).methodVersion()).isEqualTo(method.version());
    }

    @Test
    void anOldObservationIsJudgedByEither() {
        DomainVerdict before = DomainJudge.judge(AT_GOOGLE, Method.V1);
        DomainVerdict after = DomainJudge.judge(AT_GOOGLE, Method.V2);

        assertThat(before.provider()).isEqualTo(Provider.SELF_HOSTED);
        assertThat(before.providerEvidence()).isEqualTo(Provider.Evidence.MX_DOMAIN);
        assertThat(before.providerKind()).isNull();
        assertThat(after.provider()).isEqualTo("google");
        assertThat(after.providerEvidence()).isEqualTo(Provider.Evidence.EHLO_NAME);
        assertThat(after.providerKind()).isEqualTo(ProviderKind.MAILBOX);
    }

    @Property
    void methodsDifferInTheProviderAlone(@ForAll("observations") Observation seen) {
        assertThat(withoutProvider(DomainJudge.judge(seen, Method.V2)))
                .isEqualTo(withoutProvider(DomainJudge.judge(seen, Method.V1)));
    }

    @Property
    void theFirstKnowsNoOtherEvidenceThanTheMxDomain(@ForAll("observations") Observation seen) {
        DomainVerdict verdict = DomainJudge.judge(seen, Method.V1);

        assertThat(verdict.providerKind()).isNull();
        assertThat(verdict.providerEvidence())
                .isEqualTo(verdict.provider().isEmpty() ? Provider.Evidence.NONE : Provider.Evidence.MX_DOMAIN);
    }

    @Provide
    Arbitrary<Observation> observations() {
        return AnyObservation.arbitrary();
    }

    private static Map<String, String> withoutProvider(DomainVerdict verdict) {
        return Arrays.stream(DomainVerdict.class.getRecordComponents())
                .filter(part -> !part.getName().startsWith("provider")
                        && !part.getName().equals("methodVersion"))
                .collect(Collectors.toMap(part -> part.getName(), part -> {
                    try {
                        return String.valueOf(part.getAccessor().invoke(verdict));
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e);
                    }
                }));
    }
}
