package org.mailpulse.simulator.truth;

import org.mailpulse.model.observation.KeyExchange;
import org.mailpulse.model.observation.TlsVersion;
import org.mailpulse.model.verdict.Adoption;
import org.mailpulse.model.verdict.CertificateClass;
import org.mailpulse.model.verdict.DaneState;
import org.mailpulse.model.verdict.DomainStatus;
import org.mailpulse.model.verdict.Level;
import org.mailpulse.model.verdict.MtaStsState;
import org.mailpulse.model.verdict.TlsRptState;

/**
 * What the platform must find out about one domain in one survey.
 *
 * @param provider nobody unless the status is OK
 * @param adoption null where the domain is not eligible, as is level
 * @param mxMixed MX hosts whose addresses differ; mxYes + mxNo + mxMixed + mxUnknown = mxHosts
 * @param tlsVersion null where no handshake completes, as are keyExchange and certificateClass
 * @param legacyOnly false where every server that offers STARTTLS completes the handshake; null where that is open. No server
 *     of the world completes an older one alone
 */
public record ExpectedVerdict(
        ExpectedProvider provider,
        DomainStatus status,
        Adoption adoption,
        Level level,
        int mxHosts,
        int mxYes,
        int mxNo,
        int mxMixed,
        int mxUnknown,
        TlsVersion tlsVersion,
        KeyExchange keyExchange,
        CertificateClass certificateClass,
        DaneState dane,
        MtaStsState mtaSts,
        TlsRptState tlsRpt,
        Boolean legacyOnly) {

    public boolean enforcementBroken() {
        return dane == DaneState.BROKEN || mtaSts == MtaStsState.BROKEN;
    }
}
