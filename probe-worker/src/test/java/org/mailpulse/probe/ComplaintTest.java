package org.mailpulse.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.probe.smtp.SmtpFindings;

class ComplaintTest {
    @ParameterizedTest
    @CsvSource({
        "SMTP_REFUSED, GREETING_REFUSED_4XX, 421 4.7.0 too many connections, true",
        "SMTP_REFUSED, GREETING_REFUSED_4XX, 450 try again later, true",
        "SMTP_REFUSED, GREETING_REFUSED_5XX, 554 no mail here, false",
        "UNREACHABLE, RESET_BEFORE_GREETING, , true",
        "UNREACHABLE, CLOSED_BEFORE_GREETING, , true",
        "SMTP_REFUSED, EHLO_REFUSED, 421 busy, true",
        "SMTP_REFUSED, EHLO_REFUSED, 550 go away, false",
        "TLS_FAILED, STARTTLS_REFUSED_4XX, 421 closing, true",
        "TLS_FAILED, STARTTLS_REFUSED_4XX, 454 TLS not available, false",
        "UNREACHABLE, CONNECT_REFUSED, , false",
        "UNREACHABLE, CONNECT_TIMEOUT, , false",
        "NOT_OFFERED, NONE, , false",
        "TLS_OK, NONE, , false"
    })
    void beingPutOffOrHungUpOnIsAComplaint(Outcome outcome, Reason reason, String detail, boolean complaint) {
        SmtpFindings findings = new SmtpFindings(
                Instant.EPOCH, outcome, reason, detail, null, null, List.of(), List.of(), false, null, null);
        assertThat(Complaint.isIn(findings)).isEqualTo(complaint);
    }
}
