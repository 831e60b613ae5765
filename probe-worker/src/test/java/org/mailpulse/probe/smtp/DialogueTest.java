package org.mailpulse.probe.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.probe.smtp.Dialogue.Step.Kind;

class DialogueTest {
    private static final SmtpReply GREETING = new SmtpReply(220, List.of("mx"));
    private static final SmtpReply OFFER = new SmtpReply(250, List.of("mx", "STARTTLS"));
    private static final SmtpReply READY = new SmtpReply(220, List.of("ready"));

    private final Dialogue dialogue = new Dialogue("probe.example");

    @Test
    void saysWhatItShouldAndNothingElse() {
        dialogue.connected();
        assertThat(dialogue.replied(GREETING).command()).isEqualTo("EHLO probe.example");
        assertThat(dialogue.replied(OFFER).command()).isEqualTo("STARTTLS");
        assertThat(dialogue.replied(READY).kind()).isEqualTo(Kind.SECURE);
        assertThat(dialogue.secured().command()).isEqualTo("EHLO probe.example");
        assertThat(dialogue.replied(OFFER).command()).isEqualTo("QUIT");
        assertThat(dialogue.replied(new SmtpReply(221, List.of("bye"))).kind()).isEqualTo(Kind.CLOSE);
        assertThat(dialogue.outcome()).isEqualTo(Outcome.TLS_OK);
    }

    @Test
    void saysHeloOnlyWhenEhloIsRefusedForGood() {
        dialogue.connected();
        dialogue.replied(GREETING);
        assertThat(dialogue.replied(new SmtpReply(502, List.of("what?"))).command())
                .isEqualTo("HELO probe.example");
        assertThat(dialogue.replied(new SmtpReply(250, List.of("mx"))).kind()).isEqualTo(Kind.QUIT);
        assertThat(dialogue.outcome()).isEqualTo(Outcome.NOT_OFFERED);
        assertThat(dialogue.reason()).isEqualTo(Reason.HELO_ONLY);
    }

    @Test
    void aServerThatRefusesBothEhloAndHeloIsNotUnprotectedButUnknown() {
        dialogue.connected();
        dialogue.replied(GREETING);
        dialogue.replied(new SmtpReply(502, List.of("what?")));
        dialogue.replied(new SmtpReply(550, List.of("go away")));
        assertThat(dialogue.outcome()).isEqualTo(Outcome.SMTP_REFUSED);
        assertThat(dialogue.detail()).isEqualTo("550 go away");
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT, UNREACHABLE, CONNECT_TIMEOUT, UNREACHABLE, CONNECT_FAILED",
        "GREETING, UNREACHABLE, GREETING_TIMEOUT, SMTP_REFUSED, CLOSED_BEFORE_GREETING",
        "EHLO, SMTP_REFUSED, EHLO_TIMEOUT, SMTP_REFUSED, CLOSED_AT_EHLO",
        "HELO, SMTP_REFUSED, EHLO_TIMEOUT, SMTP_REFUSED, CLOSED_AT_EHLO",
        "STARTTLS, TLS_FAILED, STARTTLS_TIMEOUT, TLS_FAILED, CLOSED_AT_STARTTLS",
        "HANDSHAKE, TLS_FAILED, HANDSHAKE_TIMEOUT, TLS_FAILED, HANDSHAKE_CLOSED",
        "EHLO_IN_TLS, TLS_OK, NONE, TLS_OK, NONE",
        "QUIT, TLS_OK, NONE, TLS_OK, NONE"
    })
    void breakingOffMeansWhatThePhaseSays(
            Phase phase, Outcome whenLate, Reason late, Outcome whenClosed, Reason closed) {
        assertThat(breakOff(phase, Dialogue::late)).isEqualTo(whenLate + " " + late);
        assertThat(breakOff(phase, dialogue -> dialogue.closed(false))).isEqualTo(whenClosed + " " + closed);
        String overdue = breakOff(phase, Dialogue::overdue);
        assertThat(overdue).isEqualTo(whenLate + " " + (late == Reason.NONE ? Reason.NONE : Reason.PROBE_TIMEOUT));
    }

    @Test
    void aResetBeforeTheGreetingIsToldApart() {
        assertThat(breakOff(Phase.GREETING, dialogue -> dialogue.closed(true)))
                .isEqualTo("SMTP_REFUSED RESET_BEFORE_GREETING");
    }

    @Test
    void aFaultOfOursSaysNothingAboutTheServer() {
        assertThat(breakOff(Phase.STARTTLS, dialogue -> dialogue.broken("oops")))
                .isEqualTo("SKIPPED INTERNAL_ERROR");
    }

    @Test
    void whatIsOutOfTurnIsRefusedLoudly() {
        assertThatThrownBy(() -> dialogue.replied(GREETING)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(dialogue::secured).hasMessage("in phase CONNECT, not HANDSHAKE");
        dialogue.connected();
        assertThatThrownBy(dialogue::connected).hasMessage("in phase GREETING, not CONNECT");
    }

    private static String breakOff(Phase phase, Consumer<Dialogue> event) {
        Dialogue dialogue = new Dialogue("probe.example");
        advance(dialogue, phase);
        assertThat(dialogue.phase()).isEqualTo(phase);
        event.accept(dialogue);
        assertThat(dialogue.phase()).isEqualTo(Phase.ENDED);
        return dialogue.outcome() + " " + dialogue.reason();
    }

    private static void advance(Dialogue dialogue, Phase to) {
        if (to == Phase.CONNECT) {
            return;
        }
        dialogue.connected();
        if (to == Phase.GREETING) {
            return;
        }
        dialogue.replied(GREETING);
        if (to == Phase.HELO) {
            dialogue.replied(new SmtpReply(500, List.of("what?")));
        }
        if (to == Phase.EHLO || to == Phase.HELO) {
            return;
        }
        dialogue.replied(OFFER);
        if (to == Phase.STARTTLS) {
            return;
        }
        dialogue.replied(READY);
        if (to == Phase.HANDSHAKE) {
            return;
        }
        dialogue.secured();
        if (to == Phase.QUIT) {
            dialogue.replied(OFFER);
        }
    }
}
