package org.mailpulse.probe.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.mailpulse.model.observation.KeyExchange;
import org.mailpulse.model.observation.LegacyFacts;

class HandshakeTapPropertiesTest {
    @Property(tries = 300)
    void textBeforeTlsIsDroppedAndEveryByteOfTlsGoesOn(
            @ForAll("texts") List<String> lines, @ForAll @Size(min = 1, max = 200) byte[] body, @ForAll Random cuts) {
        byte[] tls = new byte[5 + body.length];
        tls[0] = 22;
        tls[1] = 3;
        tls[2] = 3;
        tls[4] = (byte) body.length;
        System.arraycopy(body, 0, tls, 5, body.length);
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append("\r\n"));
        HandshakeTap tap = new HandshakeTap();
        EmbeddedChannel channel = new EmbeddedChannel(tap);

        write(channel, concat(text.toString().getBytes(StandardCharsets.US_ASCII), tls), cuts);

        assertThat(readAll(channel)).isEqualTo(tls);
        assertThat(tap.hasSeenText()).isEqualTo(!lines.isEmpty());
        assertThat(tap.hasSeenTls()).isTrue();
    }

    @Property(tries = 1_000)
    void theCutsMakeNoDifferenceToWhatIsReadOfAnyBytes(
            @ForAll @Size(max = 400) byte[] noise, @ForAll("beginnings") byte[] beginning, @ForAll Random cuts) {
        byte[] wire = concat(beginning, noise);
        ServerFlight whole = ServerFlight.withCertificates();
        whole.read(Unpooled.wrappedBuffer(wire));
        ServerFlight cut = ServerFlight.withCertificates();
        for (int at = 0; at < wire.length; ) {
            int length = Math.min(wire.length - at, 1 + cuts.nextInt(9));
            cut.read(Unpooled.wrappedBuffer(wire, at, length));
            at += length;
        }
        assertThat(told(cut)).isEqualTo(told(whole));
        WideOffer.chosen(OldOffer.WIDE, cut); // bears it
    }

    @Property(tries = 300)
    void theSizeOfAnyPrimeIsTold(
            @ForAll @IntRange(min = 1, max = 8_192) int bits,
            @ForAll @IntRange(max = 3) int zeros,
            @ForAll Random random) {
        byte[] prime = new BigInteger(bits, random).setBit(bits - 1).toByteArray(); // may itself begin with a zero
        byte[] padded = new byte[prime.length + zeros];
        System.arraycopy(prime, 0, padded, zeros, prime.length);
        HexFormat hex = HexFormat.of();
        String exchange = length16(padded.length) + hex.formatHex(padded) + "000102" + "0001aa";
        ServerFlight flight = new ServerFlight();

        flight.read(Unpooled.wrappedBuffer(hex.parseHex(
                record(message(2, "0302" + "00".repeat(32) + "00" + "0033" + "00") + message(12, exchange)))));

        LegacyFacts chosen = WideOffer.chosen(OldOffer.WIDE, flight);
        assertThat(chosen.dhBits()).isEqualTo(bits);
        assertThat(chosen.keyExchange()).isEqualTo(KeyExchange.DHE);
        assertThat(chosen.cipher()).isEqualTo("TLS_DHE_RSA_WITH_AES_128_CBC_SHA");
        assertThat(chosen.group()).isNull();
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .ofMaxLength(80)
                .list()
                .ofMaxSize(4);
    }

    /** From nothing to half a flight, so that chance gets into every corner. */
    @Provide
    Arbitrary<byte[]> beginnings() {
        String hello = message(2, "0303" + "00".repeat(32) + "00" + "009f" + "00");
        String certificates = message(11, "00000a" + "000001" + "30" + "000003" + "300100");
        return Arbitraries.of(
                        "",
                        "16",
                        "160303",
                        "16030300",
                        record(hello),
                        record(hello) + "160303",
                        record(hello + certificates),
                        record(hello + "0b"),
                        "15030300")
                .map(HexFormat.of()::parseHex);
    }

    private static List<Object> told(ServerFlight flight) {
        List<String> chain =
                flight.chain().stream().map(HexFormat.of()::formatHex).toList();
        return List.of(flight.version(), flight.suite(), flight.group(), flight.dhBits(), flight.alert(), chain);
    }

    private static void write(EmbeddedChannel channel, byte[] wire, Random cuts) {
        for (int at = 0; at < wire.length; ) {
            int length = Math.min(wire.length - at, 1 + cuts.nextInt(9));
            channel.writeInbound(Unpooled.copiedBuffer(wire, at, length));
            at += length;
        }
    }

    private static byte[] readAll(EmbeddedChannel channel) {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf next = channel.readInbound(); next != null; next = channel.readInbound()) {
            all.writeBytes(next);
            next.release();
        }
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes);
        return bytes;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static String message(int type, String body) {
        return String.format("%02x%06x", type, body.length() / 2) + body;
    }

    private static String record(String content) {
        return "160303" + length16(content.length() / 2) + content;
    }

    private static String length16(int length) {
        return String.format("%04x", length);
    }
}
