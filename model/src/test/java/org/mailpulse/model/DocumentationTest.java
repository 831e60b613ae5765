package org.mailpulse.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.CertificateFacts;
import org.mailpulse.model.observation.ChainCertificate;
import org.mailpulse.model.observation.ChainTrust;
import org.mailpulse.model.observation.DaneMatch;
import org.mailpulse.model.observation.DnssecState;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.Handshake;
import org.mailpulse.model.observation.KeyExchange;
import org.mailpulse.model.observation.LegacyFacts;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.model.observation.MtaStsFinding;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.NameMatch;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Timings;
import org.mailpulse.model.observation.TlsAlert;
import org.mailpulse.model.observation.TlsFacts;
import org.mailpulse.model.observation.TlsVersion;
import org.mailpulse.model.observation.TlsaStatus;
import org.mailpulse.model.rollup.Metric;
import org.mailpulse.model.rollup.Share;
import org.mailpulse.model.survey.Clock;
import org.mailpulse.model.survey.Target;
import org.mailpulse.model.verdict.Adoption;
import org.mailpulse.model.verdict.CertificateClass;
import org.mailpulse.model.verdict.CertificateFlag;
import org.mailpulse.model.verdict.DaneState;
import org.mailpulse.model.verdict.DomainStatus;
import org.mailpulse.model.verdict.Level;
import org.mailpulse.model.verdict.MtaStsState;
import org.mailpulse.model.verdict.Provider;
import org.mailpulse.model.verdict.ProviderKind;
import org.mailpulse.model.verdict.ProviderRules;
import org.mailpulse.model.wire.Topics;

/** The documents name everything that the code can say. */
class DocumentationTest {
    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void theMethodologyBearsTheVersionOfTheCode() {
        assertThat(text("methodology.md"))
                .contains("**Version " + Schema.METHOD + "** (`method_version` " + Schema.METHOD + ")");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Outcome.class,
                DomainStatus.class,
                Adoption.class,
                Level.class,
                CertificateFlag.class,
                CertificateClass.class,
                DaneState.class,
                MtaStsState.class,
                KeyExchange.class,
                ProviderKind.class,
                Provider.Evidence.class
            })
    void theMethodologyNamesEveryWordOfAVerdict(Class<? extends Enum<?>> words) {
        assertThat(text("methodology.md"))
                .contains(quoted(Stream.of(words.getEnumConstants()).map(Enum::name)));
    }

    @Test
    void theMethodologyNamesTheLimitsOfPublication() {
        assertThat(text("methodology.md"))
                .contains("fewer than **" + Share.MIN_DOMAINS + "** known domains")
                .contains("coverage below **" + Math.round(Share.MIN_COVERAGE * 100) + " %**")
                .contains(quoted(Stream.of(Provider.SELF_HOSTED)));
    }

    @Test
    void theMethodologyNamesTheVersionOfTheProviderRules() {
        assertThat(text("methodology.md"))
                .contains("`providers.json`, version " + ProviderRules.known().version());
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Target.class,
                Clock.class,
                Observation.class,
                MxHostObservation.class,
                EndpointObservation.class,
                TlsFacts.class,
                CertificateFacts.class,
                MtaStsFinding.class,
                Handshake.class,
                ChainCertificate.class,
                Timings.class,
                TlsAlert.class,
                LegacyFacts.class
            })
    void theDataDictionaryNamesEveryFieldOfARecord(Class<? extends Record> type) {
        assertThat(text("data-dictionary.md"))
                .contains(quoted(Stream.of(type.getRecordComponents()).map(RecordComponent::getName)));
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                MailDns.class,
                DnssecState.class,
                AddressStatus.class,
                TlsaStatus.class,
                DaneMatch.class,
                ChainTrust.class,
                NameMatch.class,
                MtaStsFinding.Status.class,
                KeyExchange.class,
                TlsAlert.Side.class,
                DomainStatus.class,
                Adoption.class,
                Level.class,
                CertificateClass.class,
                DaneState.class,
                MtaStsState.class,
                ProviderKind.class,
                Provider.Evidence.class
            })
    void theDataDictionaryNamesEveryWordOfAField(Class<? extends Enum<?>> words) {
        assertThat(text("data-dictionary.md"))
                .contains(quoted(Stream.of(words.getEnumConstants()).map(Enum::name)));
    }

    @Test
    void theDataDictionaryNamesEveryTopicVersionAndMetric() {
        assertThat(text("data-dictionary.md"))
                .contains(
                        quoted(Stream.of(Topics.TARGETS, Topics.OBSERVATIONS, Topics.HANDSHAKES, Topics.CLOCK_HEADER)))
                .contains(quoted(Stream.of(TlsVersion.values()).map(TlsVersion::label)))
                .contains(quoted(Stream.of(Metric.values()).map(Metric::column)));
    }

    private static String[] quoted(Stream<String> words) {
        return words.map(word -> "`" + word + "`").toArray(String[]::new);
    }

    private static String text(String name) {
        try {
            return Files.readString(DOCS.resolve(name));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
