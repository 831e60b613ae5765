package org.mailpulse.probe.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServerFlightTest {
    private static final String RANDOM = "00".repeat(32);
    private static final String RETRY_RANDOM = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

    @Test
    void tls13TellsItsGroupInTheServerHello() {
        ServerFlight flight = read(record(hello13(RANDOM, "11ec", "0004aabbccdd")));
        assertThat(flight.isDone()).isTrue();
        assertThat(flight.version()).isEqualTo(0x0304);
        assertThat(flight.suite()).isEqualTo(0x1301);
        assertThat(NamedGroups.name(flight.group())).isEqualTo("X25519MLKEM768");
    }

    @Test
    void afterARetryRequestTheSecondServerHelloCounts() {
        ServerFlight flight = new ServerFlight();
        flight.read(bytes(record(hello13(RETRY_RANDOM, "0017", ""))));
        assertThat(flight.isDone()).isFalse();
        flight.read(bytes("140303000101" + record(hello13(RANDOM, "0017", "0001aa"))));
        assertThat(flight.isDone()).isTrue();
        assertThat(NamedGroups.name(flight.group())).isEqualTo("secp256r1");
    }

    @Test
    void tls12TellsItsGroupInTheServerKeyExchange() {
        String certificate = message(11, "00".repeat(40_000));
        ServerFlight flight = read(record(hello12()) + records(certificate) + record(message(12, "03001d20aabb")));
        assertThat(flight.isDone()).isTrue();
        assertThat(flight.version()).isEqualTo(0x0303);
        assertThat(NamedGroups.name(flight.group())).isEqualTo("x25519");
    }

    @Test
    void tls12WithoutAKeyExchangeHasNoGroup() {
        ServerFlight flight = read(record(hello12() + message(11, "0000") + message(14, "")));
        assertThat(flight.isDone()).isTrue();
        assertThat(NamedGroups.name(flight.group())).isNull();
    }

    @Test
    void anAlertIsNumbered() {
        assertThat(read("15030300020228").alert()).isEqualTo(40);
        assertThat(read(record(hello12()) + "15030300020250").alert()).isEqualTo(80);
        assertThat(Alert.text(40)).isEqualTo("handshake_failure(40)");
        assertThat(Alert.text(200)).isEqualTo("alert(200)");
    }

    /** RFC 6066 §3: a server that does not know the name may say so and go on. */
    @Test
    void aWarningEndsNothing() {
        String unrecognizedName = "15030300020170";
        ServerFlight flight = read(unrecognizedName + record(hello13(RANDOM, "001d", "0001aa")));
        assertThat(flight.alert()).isEqualTo(-1);
        assertThat(NamedGroups.name(flight.group())).isEqualTo("x25519");
        assertThat(read("15030300020100").alert()).as("close_notify").isZero();
    }

    @Test
    void theSuiteTellsAPrimeFromACurve() {
        String prime = "0300" + "ff".repeat(768); // looks like named_curve(3)
        ServerFlight flight =
                read(record(message(2, "0303" + RANDOM + "00" + "009e" + "00")) + record(message(12, prime)));
        assertThat(flight.dhBits()).isEqualTo(6144);
        assertThat(flight.group()).isZero();
    }

    @Test
    void theCutsBetweenPacketsAndRecordsMakeNoDifference() {
        byte[] wire = HexFormat.of()
                .parseHex(
                        record(hello12()) + records(message(11, "07".repeat(5_000))) + record(message(12, "03001820")));
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            ServerFlight flight = new ServerFlight();
            for (int at = 0; at < wire.length; ) {
                int length = Math.min(wire.length - at, 1 + random.nextInt(700));
                ByteBuf packet = Unpooled.wrappedBuffer(wire, at, length);
                flight.read(packet);
                assertThat(packet.readableBytes()).isEqualTo(length);
                at += length;
            }
            assertThat(NamedGroups.name(flight.group())).isEqualTo("secp384r1");
        }
    }

    @Test
    void anyBytesAtAllAreBorne() {
        Random random = new Random(5);
        byte[] model =
                HexFormat.of().parseHex(record(hello13(RANDOM, "001d", "0002aabb")) + record(message(12, "03001820")));
        for (int round = 0; round < 20_000; round++) {
            byte[] wire = model.clone();
            for (int flips = random.nextInt(6); flips >= 0; flips--) {
                wire[random.nextInt(wire.length)] = (byte) random.nextInt();
            }
            new ServerFlight().read(Unpooled.wrappedBuffer(wire));
        }
    }

    private static ServerFlight read(String hex) {
        ServerFlight flight = new ServerFlight();
        flight.read(bytes(hex));
        return flight;
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
    }

    private static String hello13(String random, String group, String share) {
        String keyShare = "0033" + length16(group + share) + group + share;
        String extensions = "002b00020304" + keyShare;
        return message(2, "0303" + random + "00" + "1301" + "00" + length16(extensions) + extensions);
    }

    private static String hello12() {
        return message(2, "0303" + RANDOM + "20" + "11".repeat(32) + "c02f" + "00");
    }

    private static String message(int type, String body) {
        return String.format("%02x%06x", type, body.length() / 2) + body;
    }

    private static String record(String content) {
        return "160303" + length16(content) + content;
    }

    /** As many records of at most 1,000 bytes as it takes. */
    private static String records(String content) {
        StringBuilder records = new StringBuilder();
        for (int at = 0; at < content.length(); at += 2_000) {
            records.append(record(content.substring(at, Math.min(content.length(), at + 2_000))));
        }
        return records.toString();
    }

    private static String length16(String hex) {
        return String.format("%04x", hex.length() / 2);
    }
}
