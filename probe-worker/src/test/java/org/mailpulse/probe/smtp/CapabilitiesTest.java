package org.mailpulse.probe.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilitiesTest {
    @ParameterizedTest
    @ValueSource(strings = {"STARTTLS", "starttls", "StartTLS", "STARTTLS now", "STARTTLS\tx"})
    void startTlsIsAKeywordInAnyCase(String line) {
        assertThat(told(line).offersStartTls()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"STARTTLSX", "XSTARTTLS", "AUTH STARTTLS", "STARTTLS-AUTH", ""})
    void startTlsElsewhereIsNot(String line) {
        assertThat(told(line).offersStartTls()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"XXXXXXXX", "xxxxxxxx", "XXXXXXXA", "********", "########", "STARTTLX", "XTARTTLS"})
    void aMaskedKeywordIsRecognised(String line) {
        assertThat(told(line).hasMaskedKeyword()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"STARTTLS", "XXXX", "XXXXXXXXX", "8BITMIME", "CHUNKING", "XCLIENTX", "SMTPUTF8", "AUTH XXXXXXXX"
            })
    void anHonestKeywordIsNotTakenForAMask(String line) {
        assertThat(told(line).hasMaskedKeyword()).isFalse();
    }

    @Test
    void theFirstLineNamesTheServerAndIsNoKeyword() {
        Capabilities told = Capabilities.of(new SmtpReply(250, List.of("STARTTLS at your service", "SIZE")));
        assertThat(told.serverName()).isEqualTo("STARTTLS");
        assertThat(told.offersStartTls()).isFalse();
        assertThat(told.lines()).containsExactly("SIZE");
    }

    private static Capabilities told(String line) {
        return Capabilities.of(new SmtpReply(250, List.of("mx.example", line)));
    }
}
