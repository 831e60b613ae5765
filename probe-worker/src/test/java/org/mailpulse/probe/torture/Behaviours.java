package org.mailpulse.probe.torture;

import static org.mailpulse.model.observation.Outcome.NOT_OFFERED;
import static org.mailpulse.model.observation.Outcome.NOT_SMTP;
import static org.mailpulse.model.observation.Outcome.SMTP_REFUSED;
import static org.mailpulse.model.observation.Outcome.STRIP_SUSPECT;
import static org.mailpulse.model.observation.Outcome.TLS_FAILED;
import static org.mailpulse.model.observation.Outcome.TLS_OK;
import static org.mailpulse.model.observation.Outcome.UNREACHABLE;
import static org.mailpulse.probe.torture.Manner.POLITE;

import java.util.ArrayList;
import java.util.List;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.model.verdict.CertificateClass;

/** The vices of mail servers, each with what it must come to. DNS and MTA-STS have theirs in package policy. */
final class Behaviours {
    /** @param certificate null where no chain is shown */
    record Behaviour(String name, Outcome outcome, Reason reason, CertificateClass certificate, Manner manner) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** ServerHello of TLS 1.2 that chooses TLS_RSA_WITH_AES_128_CBC_SHA, in a record. */
    private static final String HELLO = "160303002a020000260303" + "00".repeat(32) + "00002f00";

    private final List<Behaviour> all = new ArrayList<>();

    private Behaviours() {}

    static List<Behaviour> all(Tls tls) {
        Behaviours behaviours = new Behaviours();
        behaviours.greetings();
        behaviours.capabilities();
        behaviours.consents();
        behaviours.handshakes();
        behaviours.sessions(tls);
        behaviours.certificates(tls);
        return behaviours.all;
    }

    private void greetings() {
        greets("says nothing", Say.NOTHING, UNREACHABLE, Reason.GREETING_TIMEOUT);
        greets("drips its greeting", Say.drip("220-patience ".getBytes()), UNREACHABLE, Reason.GREETING_TIMEOUT);
        greets("never ends its greeting", Say.line("220-wait"), UNREACHABLE, Reason.GREETING_TIMEOUT);
        greets("closes at once", Say.CLOSE, SMTP_REFUSED, Reason.CLOSED_BEFORE_GREETING);
        greets(
                "closes in mid-greeting",
                Say.raw("220 mx".getBytes()).then(Say.CLOSE),
                SMTP_REFUSED,
                Reason.CLOSED_BEFORE_GREETING);
        greets("resets at once", Say.RESET, SMTP_REFUSED, Reason.RESET_BEFORE_GREETING);
        greets("greets with 421", Say.line("421 busy"), SMTP_REFUSED, Reason.GREETING_REFUSED_4XX);
        greets("greets with 554", Say.line("554-go\n554 away"), SMTP_REFUSED, Reason.GREETING_REFUSED_5XX);
        greets("greets with 250", Say.line("250 hello"), NOT_SMTP, Reason.NOT_SMTP_GREETING);
        greets("speaks HTTP", Say.line("HTTP/1.1 400 Bad Request"), NOT_SMTP, Reason.NOT_SMTP_GREETING);
        greets("speaks SSH", Say.line("SSH-2.0-OpenSSH_9.2"), NOT_SMTP, Reason.NOT_SMTP_GREETING);
        greets("speaks POP3", Say.line("+OK ready"), NOT_SMTP, Reason.NOT_SMTP_GREETING);
        greets("speaks TLS at once", Say.hex("15030100020250"), NOT_SMTP, Reason.NOT_SMTP_GREETING);
        greets("greets with an empty line", Say.line(""), NOT_SMTP, Reason.NOT_SMTP_GREETING);
        greets("greets in two codes", Say.line("220-a\n250 b"), NOT_SMTP, Reason.NOT_SMTP_GREETING);
        greets("greets in endless lines", Say.endless("220-more\r\n"), NOT_SMTP, Reason.NOT_SMTP_GREETING);
        greets("greets in one endless line", Say.endless("220 more and "), NOT_SMTP, Reason.NOT_SMTP_GREETING);
        greets("sends zeros", Say.endless(new byte[64]), NOT_SMTP, Reason.NOT_SMTP_GREETING);
    }

    private void capabilities() {
        offers("falls silent at EHLO", Say.NOTHING, SMTP_REFUSED, Reason.EHLO_TIMEOUT);
        offers("never ends its list", Say.line("250-mx\n250-STARTTLS"), SMTP_REFUSED, Reason.EHLO_TIMEOUT);
        offers("drips its list", Say.drip("250-STARTTLS".getBytes()), SMTP_REFUSED, Reason.EHLO_TIMEOUT);
        offers("closes at EHLO", Say.CLOSE, SMTP_REFUSED, Reason.CLOSED_AT_EHLO);
        offers("resets at EHLO", Say.RESET, SMTP_REFUSED, Reason.CLOSED_AT_EHLO);
        offers("answers EHLO with 421", Say.line("421 later"), SMTP_REFUSED, Reason.EHLO_REFUSED);
        offers("answers EHLO with 354", Say.line("354 go on"), NOT_SMTP, Reason.NOT_SMTP_REPLY);
        offers("answers EHLO in two codes", Say.line("250-mx\n220 STARTTLS"), NOT_SMTP, Reason.NOT_SMTP_REPLY);
        offers("answers EHLO with words", Say.line("hello yourself"), NOT_SMTP, Reason.NOT_SMTP_REPLY);
        offers("has endless capabilities", Say.endless("250-STARTTLS\r\n"), NOT_SMTP, Reason.NOT_SMTP_REPLY);
        offers("offers nothing", Say.line("250 mx"), NOT_OFFERED, Reason.NONE);
        offers("names STARTTLS as a parameter", Say.line("250-mx\n250 AUTH STARTTLS"), NOT_OFFERED, Reason.NONE);
        offers("masks the keyword", Say.line("250-mx\n250 XXXXXXXA"), STRIP_SUSPECT, Reason.MASKED_KEYWORD);
        offers("garbles the keyword", Say.line("250-mx\n250 STARTTLX"), STRIP_SUSPECT, Reason.MASKED_KEYWORD);
        Manner helo = POLITE.withEhlo(Say.line("500 what?"));
        add("knows only HELO", NOT_OFFERED, Reason.HELO_ONLY, helo);
        add("refuses HELO, too", SMTP_REFUSED, Reason.EHLO_REFUSED, helo.withHelo(Say.line("500 what?")));
        add("falls silent at HELO", SMTP_REFUSED, Reason.EHLO_TIMEOUT, helo.withHelo(Say.NOTHING));
    }

    private void consents() {
        consents("refuses STARTTLS for now", Say.line("454 no TLS today"), Reason.STARTTLS_REFUSED_4XX);
        consents("refuses STARTTLS for good", Say.line("502 never"), Reason.STARTTLS_REFUSED_5XX);
        consents("answers STARTTLS with 250", Say.line("250 sure"), Reason.STARTTLS_NOT_SMTP);
        consents("answers STARTTLS with words", Say.line("go on"), Reason.STARTTLS_NOT_SMTP);
        consents("answers STARTTLS without an end", Say.endless("220-go\r\n"), Reason.STARTTLS_NOT_SMTP);
        consents("falls silent at STARTTLS", Say.NOTHING, Reason.STARTTLS_TIMEOUT);
        consents("closes at STARTTLS", Say.CLOSE, Reason.CLOSED_AT_STARTTLS);
    }

    private void handshakes() {
        shakes("hangs in the handshake", Say.NOTHING, Reason.HANDSHAKE_TIMEOUT);
        shakes("drips its ServerHello", Say.drip(new byte[] {22, 3, 3, 0x40, 0, 2, 0, 0x3f}), Reason.HANDSHAKE_TIMEOUT);
        shakes("closes at the ClientHello", Say.CLOSE, Reason.HANDSHAKE_CLOSED);
        shakes("resets at the ClientHello", Say.RESET, Reason.HANDSHAKE_CLOSED);
        shakes("closes in mid-ServerHello", Say.hex(HELLO.substring(0, 40)).then(Say.CLOSE), Reason.HANDSHAKE_CLOSED);
        shakes("takes the ClientHello for a command", Say.line("500 what?").then(Say.CLOSE), Reason.HANDSHAKE_NOT_TLS);
        shakes("answers with zeros", Say.hex("00".repeat(64)), Reason.HANDSHAKE_NOT_TLS);
        shakes("floods with text", Say.endless("250 and more\r\n"), Reason.HANDSHAKE_NOT_TLS);
        shakes("alerts handshake_failure", Say.hex("15030300020228"), Reason.HANDSHAKE_ALERT);
        shakes("alerts protocol_version", Say.hex("15030100020246"), Reason.HANDSHAKE_ALERT);
        shakes("alerts internal_error", Say.hex("15030300020250"), Reason.HANDSHAKE_ALERT);
        shakes("warns without an end", Say.endless(new byte[] {21, 3, 3, 0, 2, 1, 112}), Reason.HANDSHAKE_FAILED);
        shakes(
                "sends empty records without an end",
                Say.endless(new byte[] {22, 3, 3, 0, 0}),
                Reason.HANDSHAKE_NOT_TLS);
        shakes("sends a record beyond all bounds", Say.hex("160303ffff0200"), Reason.HANDSHAKE_FAILED);
        shakes("sends a message beyond all bounds", Say.hex("160303000802ffffff03030000"), Reason.HANDSHAKE_FAILED);
        shakes("chooses TLS 1.9", Say.hex(HELLO.replace("0000260303", "000026030a")), Reason.HANDSHAKE_FAILED);
        shakes("chooses SSLv3", Say.hex(HELLO.replace("0000260303", "0000260300")), Reason.HANDSHAKE_FAILED);
        shakes("chooses RC4 unasked", Say.hex(HELLO.replace("002f00", "000500")), Reason.HANDSHAKE_FAILED);
        shakes(
                "begins with its Finished",
                Say.hex("1603030010140000" + "0c" + "00".repeat(12)),
                Reason.HANDSHAKE_FAILED);
        shakes("begins with application data", Say.hex("1703030003000000"), Reason.HANDSHAKE_FAILED);
        String certificate = "1603034000" + "0bffffff" + "00".repeat(0x3ffc);
        shakes("sends a certificate of 16 MB", Say.hex(HELLO + certificate), Reason.HANDSHAKE_FAILED);
    }

    private void sessions(Tls tls) {
        Manner good = POLITE.withTls(tls.good());
        session("speaks proper TLS", good);
        session("has a post-quantum group", POLITE.withTls(tls.hybrid()));
        session("wants another group first", POLITE.withTls(tls.retrying()));
        session("writes starttls in small letters", good.withEhlo(Say.raw("250-mx\n250 starttls\n".getBytes())));
        session("greets in a line of 9,000 bytes", good.withGreeting(Say.line("220 " + "x".repeat(9_000))));
        session("greets in control characters", good.withGreeting(Say.line("220 \u0000\u0007\u001b[2J")));
        session("slips text in behind its consent", good.withStarttls(Say.line("220 go\n250 injected")));
        session("falls silent inside TLS", good.withInTls(Say.NOTHING));
        session("closes inside TLS", good.withInTls(Say.CLOSE));
        session("talks nonsense inside TLS", good.withInTls(Say.hex("00ff00ff0d0a")));
        session("talks without an end inside TLS", good.withInTls(Say.endless("250-more\r\n")));
    }

    private void certificates(Tls tls) {
        for (CertificateClass fault : Tls.FAULTS) {
            add("certificate " + fault, TLS_OK, Reason.NONE, fault, POLITE.withTls(tls.faulty(fault)));
        }
        add(
                "leaves out the intermediate",
                TLS_OK,
                Reason.NONE,
                CertificateClass.UNTRUSTED,
                POLITE.withTls(tls.incomplete()));
    }

    private void greets(String name, Say say, Outcome outcome, Reason reason) {
        add(name, outcome, reason, POLITE.withGreeting(say));
    }

    private void offers(String name, Say say, Outcome outcome, Reason reason) {
        add(name, outcome, reason, POLITE.withEhlo(say));
    }

    private void consents(String name, Say say, Reason reason) {
        add(name, TLS_FAILED, reason, POLITE.withStarttls(say));
    }

    private void shakes(String name, Say say, Reason reason) {
        add(name, TLS_FAILED, reason, POLITE.withHello(say));
    }

    private void session(String name, Manner manner) {
        add(name, TLS_OK, Reason.NONE, CertificateClass.VALID, manner);
    }

    private void add(String name, Outcome outcome, Reason reason, Manner manner) {
        add(name, outcome, reason, null, manner);
    }

    private void add(String name, Outcome outcome, Reason reason, CertificateClass certificate, Manner manner) {
        all.add(new Behaviour(name, outcome, reason, certificate, manner));
    }
}
