package org.mailpulse.model;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.CertificateFacts;
import org.mailpulse.model.observation.ChainTrust;
import org.mailpulse.model.observation.DaneMatch;
import org.mailpulse.model.observation.DnssecState;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.KeyExchange;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.model.observation.MtaStsFinding;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.NameMatch;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.model.observation.TlsFacts;
import org.mailpulse.model.observation.TlsRptFinding;
import org.mailpulse.model.observation.TlsVersion;
import org.mailpulse.model.observation.TlsaStatus;
import org.mailpulse.model.survey.Target;

/** Observations of every kind, also such as no honest worker would write. */
public final class AnyObservation {
    private AnyObservation() {}

    public static Arbitrary<Observation> arbitrary() {
        Arbitrary<MailDns> dns = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just(MailDns.MX)), Tuple.of(1, Arbitraries.of(MailDns.class)));
        return Combinators.combine(
                        Arbitraries.of("example.no", "shop.co.uk", "oslo.kommune.no", "a.quux"),
                        Arbitraries.of("gov", "top", "health")
                                .list()
                                .uniqueElements()
                                .ofMaxSize(3),
                        dns,
                        Arbitraries.of(DnssecState.class),
                        hosts(),
                        mtaSts(),
                        Arbitraries.of(TlsRptFinding.State.class))
                .as((domain, populations, said, mxSecure, hosts, mtaSts, tlsRpt) -> Observation.of(
                        Target.of(Facts.SURVEY, 7, domain, populations),
                        Facts.VANTAGE,
                        Facts.PROBED_AT,
                        said,
                        null,
                        mxSecure,
                        hosts,
                        mtaSts,
                        TlsRptFinding.only(tlsRpt)));
    }

    private static Arbitrary<List<MxHostObservation>> hosts() {
        Arbitrary<AddressStatus> addresses = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just(AddressStatus.FOUND)), Tuple.of(1, Arbitraries.of(AddressStatus.class)));
        return Combinators.combine(
                        Arbitraries.of("mx.example.no", "mx.shop.co.uk", "a.hoster.com", "b.hoster.com"),
                        Arbitraries.of(0, 10, 20),
                        addresses,
                        Arbitraries.of(TlsaStatus.class),
                        endpoint().list().ofMaxSize(3))
                .as((host, preference, status, tlsa, endpoints) -> new MxHostObservation(
                        host, preference, status, tlsa, status == AddressStatus.FOUND ? endpoints : List.of()))
                .list()
                .ofMaxSize(4);
    }

    private static Arbitrary<EndpointObservation> endpoint() {
        Arbitrary<Outcome> outcome = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(Outcome.TLS_OK)),
                Tuple.of(2, Arbitraries.just(Outcome.NOT_OFFERED)),
                Tuple.of(2, Arbitraries.of(Outcome.class)));
        Arbitrary<TlsFacts> tls = Combinators.combine(
                        Arbitraries.of(TlsVersion.class).injectNull(0.1), Arbitraries.of(KeyExchange.class))
                .as((version, exchange) ->
                        new TlsFacts(version, "cipher", "group", exchange, exchange == KeyExchange.RSA))
                .injectNull(0.1);
        return Combinators.combine(
                        outcome,
                        Arbitraries.of(Reason.NONE, Reason.BLOCKED_ADDRESS, Reason.CONNECT_TIMEOUT),
                        tls,
                        certificate().injectNull(0.1),
                        Arbitraries.of(DaneMatch.class),
                        Arbitraries.of("mx.google.com", "mx.iphmx.com", "mx.example.no")
                                .injectNull(0.4),
                        Arbitraries.of(true, false).injectNull(0.3))
                .as((ended, reason, negotiated, certificate, dane, ehloName, legacyOnly) -> new EndpointObservation(
                        "192.0.2.1",
                        ended,
                        ended == Outcome.SKIPPED ? reason : Reason.NONE,
                        Facts.PROBED_AT,
                        ended == Outcome.TLS_OK ? negotiated : null,
                        ended == Outcome.TLS_OK ? certificate : null,
                        dane,
                        ehloName,
                        legacyOnly));
    }

    private static Arbitrary<CertificateFacts> certificate() {
        return Combinators.combine(
                        Arbitraries.of(ChainTrust.class),
                        Arbitraries.of(NameMatch.class),
                        Arbitraries.of(1024, 2048),
                        Arbitraries.of("SHA1withRSA", "SHA256withRSA"),
                        Arbitraries.of(-1, 0, 1),
                        Arbitraries.of("mx.example.no", "*.pphosted.com", "mx.google.com"))
                .as((trust, names, bits, signature, date, dnsName) -> {
                    Facts.Certificate made = new Facts.Certificate()
                            .trust(trust)
                            .names(names)
                            .dnsNames(dnsName)
                            .key("RSA", bits)
                            .signature(signature);
                    return (date < 0 ? made.expired() : date > 0 ? made.notYetValid() : made).facts();
                });
    }

    private static Arbitrary<MtaStsFinding> mtaSts() {
        return Combinators.combine(
                        Arbitraries.of(MtaStsFinding.Status.class),
                        Arbitraries.of("enforce", "testing", "none", "odd"),
                        Arbitraries.of("*.example.no", "*.hoster.com", "*.co.uk")
                                .list()
                                .ofMaxSize(2))
                .as((status, mode, patterns) -> new MtaStsFinding(status, "1", mode, patterns, 86400));
    }
}
