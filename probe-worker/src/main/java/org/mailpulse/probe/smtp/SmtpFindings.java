package org.mailpulse.probe.smtp;

import java.time.Instant;
import java.util.List;
import org.mailpulse.model.observation.LegacyFacts;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.model.observation.Timings;
import org.mailpulse.model.observation.TlsAlert;
import org.mailpulse.probe.tls.OldAnswer;
import org.mailpulse.probe.tls.TlsClient.Secured;

/**
 * What one connection came to.
 *
 * @param detail a word more on the reason; may be null
 * @param banner first line of the greeting; null if there was none
 * @param serverName as told in the answer to EHLO or HELO; may be null
 * @param secured null unless the outcome is {@link Outcome#TLS_OK}
 * @param alert that ended the handshake; may be null
 * @param old what came of an old offer that was made in place of the handshake; null if none was
 */
public record SmtpFindings(
        Instant at,
        Outcome outcome,
        Reason reason,
        String detail,
        String banner,
        String serverName,
        List<String> capabilities,
        List<String> capabilitiesInTls,
        boolean injectedPlaintext,
        Secured secured,
        Timings timings,
        TlsAlert alert,
        OldAnswer old) {

    /** What was chosen from the old offer; null if nothing was. */
    public LegacyFacts legacy() {
        return old == null ? null : old.chosen();
    }
}
