package org.mailpulse.probe.policy;

import java.util.concurrent.CompletableFuture;
import org.mailpulse.model.observation.TlsRptFinding;
import org.mailpulse.model.observation.TlsRptFinding.State;
import org.mailpulse.probe.resolve.Answer;
import org.mailpulse.probe.resolve.MailResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** Looks for the record by which a domain asks for reports about TLS (RFC 8460). */
public final class TlsRpt {
    private static final Logger LOG = LoggerFactory.getLogger(TlsRpt.class);

    private final MailResolver resolver;

    public TlsRpt(MailResolver resolver) {
        this.resolver = resolver;
    }

    /**
     * @param domain in A-labels, lower case
     * @return never completes exceptionally
     */
    public CompletableFuture<TlsRptFinding> find(String domain) {
        return resolver.ask("_smtp._tls." + domain, Type.TXT)
                .thenApply(TlsRpt::finding)
                .exceptionally(failure -> {
                    LOG.warn("looking for where {} wants reports broke", domain, failure);
                    return TlsRptFinding.NOT_MEASURED;
                });
    }

    private static TlsRptFinding finding(Answer answer) {
        return switch (answer.kind()) {
            case NXDOMAIN, NO_DATA -> TlsRptFinding.only(State.ABSENT);
            case ERROR -> TlsRptFinding.only(State.ERROR);
            case FOUND ->
                RptRecord.read(answer.records().stream()
                        .map(record -> StsRecord.text((TXTRecord) record))
                        .toList());
        };
    }
}
