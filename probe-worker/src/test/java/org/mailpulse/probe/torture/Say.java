package org.mailpulse.probe.torture;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/** What a hostile server does when it is its turn. */
@FunctionalInterface
interface Say {
    Say NOTHING = channel -> {};
    Say CLOSE = channel -> channel.close();
    Say RESET = channel -> {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    };

    int FLOOD_BYTES = 8_192;
    long DRIP_MILLIS = 40;

    void to(Channel channel);

    default Say then(Say next) {
        return channel -> {
            to(channel);
            next.to(channel);
        };
    }

    /** Lines parted by {@code \n}; each gets its CRLF. */
    static Say line(String text) {
        return raw((text.replace("\n", "\r\n") + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    static Say raw(byte[] bytes) {
        return channel -> channel.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    }

    static Say hex(String bytes) {
        return raw(HexFormat.of().parseHex(bytes));
    }

    /** The same again and again, as fast as the client takes it. */
    static Say endless(byte[] bytes) {
        byte[] chunk = new byte[Math.max(1, FLOOD_BYTES / bytes.length) * bytes.length];
        for (int i = 0; i < chunk.length; i++) {
            chunk[i] = bytes[i % bytes.length];
        }
        return channel -> flood(channel, chunk);
    }

    static Say endless(String text) {
        return endless(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A byte at a time, never to an end. */
    static Say drip(byte[] bytes) {
        return channel -> drip(channel, bytes, 0);
    }

    private static void flood(Channel channel, byte[] chunk) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(chunk)).addListener(written -> {
            if (written.isSuccess()) {
                channel.eventLoop().execute(() -> flood(channel, chunk));
            }
        });
    }

    private static void drip(Channel channel, byte[] bytes, int at) {
        if (channel.isActive()) {
            channel.writeAndFlush(Unpooled.wrappedBuffer(bytes, at % bytes.length, 1));
            channel.eventLoop().schedule(() -> drip(channel, bytes, at + 1), DRIP_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
