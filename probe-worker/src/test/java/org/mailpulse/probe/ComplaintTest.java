package org.mailpulse.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailpulse.model.observation.Reason;

class ComplaintTest {
    @ParameterizedTest
    @CsvSource({
        "GREETING_REFUSED_4XX, 421 4.7.0 too many connections, true",
        "GREETING_REFUSED_4XX, 450 try again later, true",
        "GREETING_REFUSED_5XX, 554 no mail here, false",
        "RESET_BEFORE_GREETING, , true",
        "CLOSED_BEFORE_GREETING, , true",
        "EHLO_REFUSED, 421 busy, true",
        "EHLO_REFUSED, 550 go away, false",
        "STARTTLS_REFUSED_4XX, 421 closing, true",
        "STARTTLS_REFUSED_4XX, 454 TLS not available, false",
        "CONNECT_REFUSED, , false",
        "CONNECT_TIMEOUT, , false",
        "NONE, , false"
    })
    void beingPutOffOrHungUpOnIsAComplaint(Reason reason, String detail, boolean complaint) {
        assertThat(Complaint.isIn(reason, detail)).isEqualTo(complaint);
    }
}
