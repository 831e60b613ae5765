package org.mailpulse.probe.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

class WideHelloTest {
    private static final int RECORD_HEADER = 5;
    private static final int MESSAGE_HEADER = 4;

    /** Some middleboxes hang on a ClientHello of 256 to 511 bytes, and some servers on one of two packets. */
    @Test
    void theHelloIsShortForAnyUsualName() {
        ByteBuf hello = write("mx-01.mail.some-provider.example");
        assertThat(hello.readableBytes() - RECORD_HEADER).isLessThan(256);
        hello.release();
    }

    @Test
    void lengthsAreTrue() {
        for (String name : new String[] {null, "mx.example", "a.".repeat(120) + "example"}) {
            ByteBuf hello = write(name);
            int body = hello.readableBytes() - RECORD_HEADER;
            assertThat(hello.getUnsignedShort(3)).isEqualTo(body);
            assertThat(hello.getUnsignedMedium(RECORD_HEADER + 1)).isEqualTo(body - MESSAGE_HEADER);
            hello.release();
        }
    }

    @Test
    void noTwoHellosAreAlike() {
        ByteBuf one = write("mx.example");
        ByteBuf other = write("mx.example");
        assertThat(one).isNotEqualTo(other);
        one.release();
        other.release();
    }

    /** Exchange 2003 looks at the first 64 and knows RC4 and 3DES. */
    @Test
    void thereAreNoMoreSuitesThanOldServersLookAt() {
        assertThat(WideSuite.values().length + 1).isLessThanOrEqualTo(64);
    }

    @Test
    void theOutdatedOfferHoldsNothingThatCameWithTls12() {
        ByteBuf hello = WideHello.write(UnpooledByteBufAllocator.DEFAULT, OldOffer.OUTDATED, "mx.example");
        assertThat(hello.getUnsignedShort(RECORD_HEADER + MESSAGE_HEADER)).isEqualTo(0x0302);
        hello.release();
        assertThat(OldOffer.OUTDATED.suites())
                .contains(WideSuite.TLS_RSA_WITH_AES_128_CBC_SHA, WideSuite.TLS_RSA_WITH_RC4_128_MD5)
                .extracting(WideSuite::name)
                .noneMatch(name -> name.contains("GCM") || name.contains("POLY1305") || name.matches(".*SHA(256|384)"));
    }

    private static ByteBuf write(String name) {
        return WideHello.write(UnpooledByteBufAllocator.DEFAULT, OldOffer.WIDE, name);
    }
}
