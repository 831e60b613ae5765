package org.mailpulse.simulator.dns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * NSEC records that prove just one answer: each reaches from right before what was asked to right behind it (RFC 4470), so
 * that no list of the zone's names is needed.
 */
final class Denial {
    private static final int[] POSSIBLE_TYPES = {
        Type.A, Type.NS, Type.CNAME, Type.SOA, Type.MX, Type.TXT, Type.AAAA, Type.DS, Type.DNSKEY, Type.TLSA
    };
    private static final int[] OF_THE_PROOF_ITSELF = {Type.RRSIG, Type.NSEC};
    private static final byte[] WILDCARD = {'*'};
    private static final byte[] FIRST_LABEL = {0};
    private static final int MAX_LABEL_BYTES = 63;
    private static final int LAST_BYTE = 0xFF;

    private Denial() {}

    /**
     * @param node that is absent, or without the type that was asked for
     * @param exists tells of any name in the zone
     */
    static List<NSECRecord> of(Node node, Predicate<Name> exists) {
        return switch (node.presence()) {
            case PRESENT -> List.of(nsec(node.name(), below(FIRST_LABEL, node.name()), types(node)));
            case DELEGATION -> List.of(nsec(node.name(), after(node.name()), types(node)));
            case ABSENT -> {
                Name nextCloser = nextCloser(node, exists);
                List<NSECRecord> both = new ArrayList<>(2);
                both.add(around(nextCloser));
                both.add(around(below(WILDCARD, new Name(nextCloser, 1))));
                yield both;
            }
        };
    }

    private static int[] types(Node node) {
        IntStream present =
                Arrays.stream(POSSIBLE_TYPES).filter(type -> !node.records(type).isEmpty());
        return IntStream.concat(present, Arrays.stream(OF_THE_PROOF_ITSELF)).toArray();
    }

    /** The shortest absent name on the way from the apex to the node (RFC 7129 §5.5). */
    private static Name nextCloser(Node node, Predicate<Name> exists) {
        Name name = node.name();
        for (int labels = node.zone().apex().labels() + 1; labels < name.labels(); labels++) {
            Name candidate = new Name(name, name.labels() - labels);
            if (!exists.test(candidate)) {
                return candidate;
            }
        }
        return name;
    }

    private static NSECRecord around(Name name) {
        return nsec(before(name), after(name), OF_THE_PROOF_ITSELF);
    }

    private static NSECRecord nsec(Name owner, Name next, int[] types) {
        return new NSECRecord(owner, DClass.IN, Zone.TTL_SECONDS, next, types);
    }

    /** Close before it in the order of RFC 4034 §6.1. No label of this world ends with a byte of zero. */
    private static Name before(Name name) {
        byte[] label = label(name);
        byte[] lower = Arrays.copyOf(label, Math.min(MAX_LABEL_BYTES, label.length + 1));
        lower[label.length - 1]--;
        if (lower.length > label.length) {
            lower[label.length] = (byte) LAST_BYTE;
        }
        return below(lower, new Name(name, 1));
    }

    /** Behind it and all that is below it. */
    private static Name after(Name name) {
        byte[] label = label(name);
        byte[] higher = Arrays.copyOf(label, Math.min(MAX_LABEL_BYTES, label.length + 1)); // a zero is appended
        if (higher.length == label.length) {
            higher[label.length - 1]++;
        }
        return below(higher, new Name(name, 1));
    }

    /** The left-most, in lower case. */
    private static byte[] label(Name name) {
        byte[] counted = name.canonicalize().getLabel(0);
        return Arrays.copyOfRange(counted, 1, counted.length);
    }

    private static Name below(byte[] label, Name parent) {
        byte[] above = parent.toWire();
        byte[] wire = new byte[1 + label.length + above.length];
        wire[0] = (byte) label.length;
        System.arraycopy(label, 0, wire, 1, label.length);
        System.arraycopy(above, 0, wire, 1 + label.length, above.length);
        try {
            return new Name(wire);
        } catch (IOException e) {
            throw new IllegalStateException(parent + " leaves no room for a label of " + label.length + " bytes", e);
        }
    }
}
