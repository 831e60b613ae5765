package org.mailpulse.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailpulse.model.observation.Handshake;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.survey.Target;
import org.mailpulse.model.verdict.CertificateFlag;
import org.mailpulse.model.verdict.DomainJudge;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.model.verdict.HostVerdict;
import org.mailpulse.testbed.MailLab;
import org.mailpulse.testbed.Scenario;

/** All domains of the laboratory's real servers, judged, against the rows that were written down by hand. */
@Timeout(180)
class LabSurveyTest {
    private static final String SURVEY = "2026-11";

    private static MailLab lab;

    @BeforeAll
    static void start() throws IOException {
        lab = MailLab.start();
    }

    @AfterAll
    static void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void everyDomainAndEveryHostComesOutAsExpected() throws Exception {
        assertSurveyed(lab.open(), settings().withAllowPrivate(true));
    }

    @Test
    void withoutPermissionNoPrivateAddressIsConnectedTo() throws Exception {
        long before = lab.connections();
        assertSurveyed(lab.blocked(), settings());
        assertThat(lab.connections()).isEqualTo(before);
    }

    private static void assertSurveyed(Scenario scenario, ProbeSettings settings) throws Exception {
        ConcurrentLinkedQueue<Handshake> handshakes = new ConcurrentLinkedQueue<>();
        HandshakeSink sink = handshake -> {
            handshakes.add(handshake);
            return CompletableFuture.completedFuture(null);
        };
        List<Observation> observations = new ArrayList<>();
        try (DomainProber prober = DomainProber.open(settings, sink)) {
            List<CompletableFuture<Observation>> running =
                    targets(scenario).stream().map(prober::observe).toList();
            for (CompletableFuture<Observation> one : running) {
                observations.add(one.get(120, TimeUnit.SECONDS));
            }
        }
        assertThat(observations.stream().map(LabSurveyTest::domainRow))
                .containsExactlyInAnyOrderElementsOf(scenario.domains().stream()
                        .map(row -> without(row, "population"))
                        .distinct()
                        .toList());
        assertThat(handshakes.stream().map(LabSurveyTest::hostRow))
                .containsExactlyInAnyOrderElementsOf(scenario.hosts());
    }

    private static List<Target> targets(Scenario scenario) {
        List<String> domains = scenario.domains().stream()
                .map(row -> row.get("domain"))
                .distinct()
                .toList();
        List<Target> targets = new ArrayList<>();
        for (String domain : domains) {
            targets.add(Target.of(SURVEY, targets.size(), domain, List.of()));
        }
        return targets;
    }

    private static ProbeSettings settings() {
        return ProbeSettings.defaults()
                .withResolver(lab.resolverOption())
                .withSmtpPort(lab.smtpPort())
                .withEhloName("probe.example")
                .withTrustStore(lab.trustStore())
                .withGap(Duration.ZERO)
                .withConfirmAfter(Duration.ofMillis(200))
                .withTimeouts(Timeouts.DEFAULT.withGreeting(Duration.ofSeconds(8)));
    }

    private static Map<String, String> domainRow(Observation seen) {
        DomainVerdict verdict = DomainJudge.judge(seen);
        Map<String, String> row = new LinkedHashMap<>();
        row.put("domain", verdict.domain());
        row.put("tld", verdict.tld());
        row.put("provider", verdict.provider());
        row.put("status", text(verdict.status()));
        row.put("adoption", text(verdict.adoption()));
        row.put("level", text(verdict.level()));
        row.put("mx_hosts", text(verdict.mxHosts()));
        row.put("mx_yes", text(verdict.mxYes()));
        row.put("mx_no", text(verdict.mxNo()));
        row.put("mx_unknown", text(verdict.mxUnknown()));
        row.put(
                "tls_version",
                verdict.tlsVersion() == null ? "" : verdict.tlsVersion().label());
        row.put("key_exchange", text(verdict.keyExchange()));
        row.put("certificate_class", text(verdict.certificateClass()));
        row.put("dane", text(verdict.dane()));
        row.put("mta_sts", text(verdict.mtaSts()));
        return row;
    }

    private static Map<String, String> hostRow(Handshake seen) {
        HostVerdict verdict = HostVerdict.judge(seen);
        Map<String, String> row = new LinkedHashMap<>();
        row.put("mx_host", verdict.mxHost());
        row.put("address", verdict.address());
        row.put("outcome", text(verdict.outcome()));
        row.put("reason", text(verdict.reason()));
        row.put(
                "tls_version",
                verdict.tlsVersion() == null ? "" : verdict.tlsVersion().label());
        row.put("key_exchange", text(verdict.keyExchange()));
        row.put("certificate_class", text(verdict.certificateClass()));
        row.put(
                "certificate_flags",
                verdict.certificateFlags().stream().map(CertificateFlag::name).collect(Collectors.joining(" ")));
        var leaf = verdict.certificate();
        row.put("key_type", leaf == null ? "" : leaf.keyType());
        row.put("key_bits", leaf == null ? "" : text(leaf.keyBits()));
        row.put("signature_algorithm", leaf == null ? "" : leaf.signatureAlgorithm());
        row.put("not_after", leaf == null ? "" : text(leaf.notAfter()));
        row.put("issuer", leaf == null ? "" : leaf.issuer());
        row.put("subject", leaf == null ? "" : leaf.subject());
        row.put("certificate_sha256", leaf == null ? "" : leaf.sha256());
        return row;
    }

    private static Map<String, String> without(Map<String, String> row, String column) {
        Map<String, String> rest = new LinkedHashMap<>(row);
        rest.remove(column);
        return rest;
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }
}
