package org.mailpulse.engine.chdb;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;

/** Query parameters ({@code {name:Type}} in SQL) laid out in native memory as parallel arrays of texts and lengths. */
final class Parameters {
    private final Texts names;
    private final Texts values;
    private final int count;

    Parameters(Map<String, String> parameters) {
        count = parameters.size();
        names = new Texts(parameters.keySet());
        values = new Texts(parameters.values());
    }

    long count() {
        return count;
    }

    Pointer names() {
        return names.addresses;
    }

    Pointer nameLengths() {
        return names.lengths;
    }

    Pointer values() {
        return values.addresses;
    }

    Pointer valueLengths() {
        return values.lengths;
    }

    /** All texts in one block of memory, kept as long as this object is. */
    private static final class Texts {
        final Memory addresses;
        final Memory lengths;
        private final Memory bytes;

        Texts(Collection<String> texts) {
            var encoded =
                    texts.stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
            // Memory of size 0 is refused, hence the spare byte and the spare elements.
            bytes = new Memory(encoded.stream().mapToLong(e -> e.length).sum() + 1);
            addresses = new Memory((long) Native.POINTER_SIZE * (encoded.size() + 1));
            lengths = new Memory((long) Native.SIZE_T_SIZE * (encoded.size() + 1));
            long offset = 0;
            for (int i = 0; i < encoded.size(); i++) {
                var text = encoded.get(i);
                bytes.write(offset, text, 0, text.length);
                addresses.setPointer((long) Native.POINTER_SIZE * i, bytes.share(offset));
                lengths.setLong((long) Native.SIZE_T_SIZE * i, text.length);
                offset += text.length;
            }
        }
    }
}
