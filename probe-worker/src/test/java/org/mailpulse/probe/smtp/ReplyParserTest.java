package org.mailpulse.probe.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyParserTest {
    @Test
    void readsRepliesOneByOne() throws Exception {
        ByteBuf bytes = bytes("220 mx ESMTP\r\n250-mx\r\n250-SIZE 1000\r\n250 STARTTLS\r\nrest");
        ReplyParser parser = new ReplyParser();
        assertThat(parser.read(bytes)).isEqualTo(new SmtpReply(220, List.of("mx ESMTP")));
        assertThat(parser.read(bytes)).isEqualTo(new SmtpReply(250, List.of("mx", "SIZE 1000", "STARTTLS")));
        assertThat(bytes.toString(StandardCharsets.US_ASCII)).isEqualTo("rest");
    }

    @Test
    void acceptsBareLineFeedsAndCodesWithoutText() throws Exception {
        ByteBuf bytes = bytes("250-a\n250\n354\r\n");
        ReplyParser parser = new ReplyParser();
        assertThat(parser.read(bytes)).isEqualTo(new SmtpReply(250, List.of("a", "")));
        assertThat(parser.read(bytes)).isEqualTo(new SmtpReply(354, List.of("")));
    }

    @Test
    void theCutsBetweenPacketsMakeNoDifference() throws Exception {
        String wire = "220-one\r\n220 two\r\n250-mx.example\r\n250-8BITMIME\n250 STARTTLS\r\n221\r\n";
        List<SmtpReply> whole = readAll(new ReplyParser(), List.of(wire));
        assertThat(whole).hasSize(3);
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            List<String> packets = new ArrayList<>();
            for (int at = 0; at < wire.length(); ) {
                int end = Math.min(wire.length(), at + 1 + random.nextInt(9));
                packets.add(wire.substring(at, end));
                at = end;
            }
            assertThat(readAll(new ReplyParser(), packets)).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-x\r\n",
                "HTTP/1.1 400\r\n",
                "\r\n",
                "22\r\n",
                "120 x\r\n",
                "620 x\r\n",
                "2a0 x\r\n",
                "220x\r\n",
                "250-a\r\n251 b\r\n",
                "250-a\r\nb\r\n",
                "\u0016\u0003\u0001"
            })
    void whatIsNoReplyIsRefused(String wire) {
        assertThatThrownBy(() -> new ReplyParser().read(bytes(wire))).isInstanceOf(MalformedReplyException.class);
    }

    @Test
    void anotherProtocolIsRecognisedByItsFirstByte() {
        assertThatThrownBy(() -> new ReplyParser().read(bytes("S"))).isInstanceOf(MalformedReplyException.class);
    }

    @Test
    void ofALongLineTheBeginningIsKept() throws Exception {
        ByteBuf bytes = bytes("220-" + "x".repeat(10_000) + "\r\n220 end\r\n");
        SmtpReply reply = new ReplyParser().read(bytes);
        assertThat(reply.lines().get(0)).hasSize(ReplyParser.MAX_LINE - 4).containsOnlyOnce("x".repeat(1996));
        assertThat(reply.lines().get(1)).isEqualTo("end");
    }

    @Test
    void aReplyHasAnEnd() {
        ByteBuf bytes = bytes("220-more\r\n".repeat(10_000));
        assertThatThrownBy(() -> new ReplyParser().read(bytes)).hasMessage("reply of more than 65536 bytes");
        ByteBuf line = bytes("220 " + "x".repeat(100_000));
        assertThatThrownBy(() -> new ReplyParser().read(line)).hasMessage("reply of more than 65536 bytes");
    }

    @Test
    void oddBytesBecomeQuestionMarks() throws Exception {
        ByteBuf bytes = Unpooled.wrappedBuffer(
                new byte[] {'2', '2', '0', ' ', 'a', 0, 27, '[', (byte) 0xff, (byte) 0xc3, (byte) 0xa5, '\r', '\n'});
        assertThat(new ReplyParser().read(bytes).lines()).containsExactly("a??[?å");
    }

    private static List<SmtpReply> readAll(ReplyParser parser, List<String> packets) throws Exception {
        List<SmtpReply> replies = new ArrayList<>();
        for (String packet : packets) {
            ByteBuf bytes = bytes(packet);
            while (bytes.isReadable()) {
                SmtpReply reply = parser.read(bytes);
                if (reply != null) {
                    replies.add(reply);
                }
            }
        }
        return replies;
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }
}
