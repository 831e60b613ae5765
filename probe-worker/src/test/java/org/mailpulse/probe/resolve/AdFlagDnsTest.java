package org.mailpulse.probe.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailpulse.model.observation.DnssecState;
import org.mailpulse.probe.net.Transport;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Resolvers of all sorts, by their bytes. */
@Timeout(30)
class AdFlagDnsTest {
    private static final Name NAME = Name.fromConstantString("reef.test.");

    @Test
    void theFlagMeansSecure() throws Exception {
        assertThat(ask(false, query -> answer(query, Rcode.NOERROR, Flags.AD))).isEqualTo(DnssecState.SECURE);
    }

    @Test
    void noFlagFromAResolverThatValidatesMeansInsecure() throws Exception {
        assertThat(ask(false, query -> answer(query, Rcode.NOERROR, isAboutRoot(query) ? Flags.AD : Flags.RA)))
                .isEqualTo(DnssecState.INSECURE);
    }

    @Test
    void noFlagFromAResolverThatDoesNotValidateMeansNothing() throws Exception {
        assertThat(ask(false, query -> answer(query, Rcode.NOERROR, Flags.RA))).isEqualTo(DnssecState.NOT_MEASURED);
    }

    @Test
    void noFlagMeansInsecureIfTheUserSaysThatTheResolverValidates() throws Exception {
        assertThat(ask(true, query -> answer(query, Rcode.NOERROR, Flags.RA))).isEqualTo(DnssecState.INSECURE);
    }

    @Test
    void aFailureThatCheckingCausedIsBogus() throws Exception {
        assertThat(ask(
                        true,
                        query -> answer(
                                query, query.getHeader().getFlag(Flags.CD) ? Rcode.NOERROR : Rcode.SERVFAIL, Flags.RA)))
                .isEqualTo(DnssecState.BOGUS);
    }

    @Test
    void aFailureThatSaysThatItIsBogusIsBogus() throws Exception {
        assertThat(ask(true, query -> failure(query, ExtendedErrorCodeOption.SIGNATURE_EXPIRED)))
                .isEqualTo(DnssecState.BOGUS);
    }

    @Test
    void anyOtherFailureIsJustAFailure() throws Exception {
        assertThat(ask(true, query -> failure(query, ExtendedErrorCodeOption.NO_REACHABLE_AUTHORITY)))
                .isEqualTo(DnssecState.NOT_MEASURED);
    }

    private interface Server {
        Message answer(Message query);
    }

    private static DnssecState ask(boolean told, Server server) throws Exception {
        try (Transport transport = Transport.open(1);
                ScriptedDns scripted = new ScriptedDns(
                        (query, number) -> List.of(server.answer(query).toWire()));
                NettyResolver resolver = new NettyResolver(
                        transport, List.of(scripted.address()), Duration.ofSeconds(1), Duration.ofSeconds(5), 10)) {
            return new AdFlagDns(resolver, told)
                    .ask(NAME, Type.MX)
                    .get(10, TimeUnit.SECONDS)
                    .dnssec();
        }
    }

    private static boolean isAboutRoot(Message query) {
        return query.getQuestion().getName().equals(Name.root);
    }

    private static Message failure(Message query, int code) {
        Message answer = answer(query, Rcode.SERVFAIL, Flags.RA);
        answer.addRecord(
                new OPTRecord(1232, 0, 0, 0, List.of(new ExtendedErrorCodeOption(code, "because"))),
                Section.ADDITIONAL);
        return answer;
    }

    private static Message answer(Message query, int rcode, int flag) {
        Message answer = new Message(query.getHeader().getID());
        answer.addRecord(query.getQuestion(), Section.QUESTION);
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(flag);
        answer.getHeader().setRcode(rcode);
        return answer;
    }
}
