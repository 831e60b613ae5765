package org.mailpulse.probe.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class ReplyParserPropertiesTest {
    @Property(tries = 300)
    void whatIsWrittenIsReadHoweverItIsCut(
            @ForAll("replies") List<SmtpReply> replies, @ForAll boolean bare, @ForAll Random cuts) throws Exception {
        byte[] wire = wire(replies, bare ? "\n" : "\r\n").getBytes(StandardCharsets.US_ASCII);
        assertThat(readAll(wire, cuts)).isEqualTo(replies);
    }

    @Property(tries = 1_000)
    void anyBytesAreRepliesOrRefused(@ForAll @Size(max = 300) byte[] bytes, @ForAll Random cuts) {
        assertBounded(bytes, cuts);
    }

    /** Bytes of chance rarely get beyond the first digit. */
    @Property(tries = 1_000)
    void whatIsAlmostAReplyIsOneOrIsRefused(@ForAll("replies") List<SmtpReply> replies, @ForAll Random random) {
        byte[] wire = wire(replies, "\r\n").getBytes(StandardCharsets.US_ASCII);
        for (int flips = random.nextInt(4); flips >= 0 && wire.length > 0; flips--) {
            wire[random.nextInt(wire.length)] = (byte) random.nextInt();
        }
        assertBounded(wire, random);
    }

    @Provide
    Arbitrary<List<SmtpReply>> replies() {
        Arbitrary<String> text = Arbitraries.strings().withCharRange('!', '~').ofMaxLength(60);
        Arbitrary<SmtpReply> reply = Combinators.combine(
                        Arbitraries.integers().between(200, 599),
                        text.list().ofMinSize(1).ofMaxSize(6))
                .as(SmtpReply::new);
        return reply.list().ofMaxSize(5);
    }

    private static void assertBounded(byte[] wire, Random cuts) {
        try {
            for (SmtpReply reply : readAll(wire, cuts)) {
                assertThat(reply.code()).isBetween(200, 599);
                assertThat(reply.lines())
                        .isNotEmpty()
                        .allSatisfy(line -> assertThat(line.chars()).noneMatch(Character::isISOControl));
            }
        } catch (MalformedReplyException e) {
            assertThat(e).hasMessageNotContainingAny("\r", "\n", "\u0000", "\u001b");
        }
    }

    private static String wire(List<SmtpReply> replies, String end) {
        StringBuilder wire = new StringBuilder();
        for (SmtpReply reply : replies) {
            for (int i = 0; i < reply.lines().size(); i++) {
                wire.append(reply.code())
                        .append(i < reply.lines().size() - 1 ? '-' : ' ')
                        .append(reply.lines().get(i))
                        .append(end);
            }
        }
        return wire.toString();
    }

    private static List<SmtpReply> readAll(byte[] wire, Random cuts) throws MalformedReplyException {
        ReplyParser parser = new ReplyParser();
        List<SmtpReply> replies = new ArrayList<>();
        for (int at = 0; at < wire.length; ) {
            int length = Math.min(wire.length - at, 1 + cuts.nextInt(20));
            ByteBuf packet = Unpooled.wrappedBuffer(wire, at, length);
            while (packet.isReadable()) {
                SmtpReply reply = parser.read(packet);
                if (reply != null) {
                    replies.add(reply);
                }
            }
            at += length;
        }
        return replies;
    }
}
