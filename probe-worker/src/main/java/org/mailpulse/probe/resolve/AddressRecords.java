package org.mailpulse.probe.resolve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.DnssecState;
import org.mailpulse.probe.resolve.Answer.Kind;
import org.xbill.DNS.Record;

/** The answers to A and AAAA → addresses. Pure. */
final class AddressRecords {
    /** Addresses that are asked per host and family. */
    static final int MAX_ASKED = 4;
    /** Addresses beyond those that are recorded per host and family. */
    static final int MAX_BEYOND = 16;

    private AddressRecords() {}

    static HostAddresses combine(Answer a, Answer aaaa) {
        List<InetAddress> asked = new ArrayList<>();
        List<InetAddress> beyond = new ArrayList<>();
        take(a, asked, beyond);
        take(aaaa, asked, beyond);
        return new HostAddresses(
                asked.isEmpty() ? nothing(a, aaaa) : AddressStatus.FOUND, asked, beyond, dnssec(a, aaaa), List.of());
    }

    /** An error in one family leaves the addresses of the other as they are. */
    private static DnssecState dnssec(Answer a, Answer aaaa) {
        if (aaaa.kind() == Kind.ERROR) {
            return a.dnssec();
        }
        return a.kind() == Kind.ERROR ? aaaa.dnssec() : Answer.worse(a.dnssec(), aaaa.dnssec());
    }

    private static AddressStatus nothing(Answer a, Answer aaaa) {
        if (a.kind() == Kind.ERROR || aaaa.kind() == Kind.ERROR) {
            return AddressStatus.ERROR;
        }
        // the name exists for one type as for the other (RFC 8020); some balancers claim otherwise for AAAA
        return a.kind() == Kind.NXDOMAIN ? AddressStatus.NXDOMAIN : AddressStatus.NO_ADDRESS;
    }

    private static void take(Answer answer, List<InetAddress> asked, List<InetAddress> beyond) {
        TreeSet<byte[]> sorted = new TreeSet<>(
                Comparator.comparing((byte[] bytes) -> bytes.length).thenComparing(Arrays::compareUnsigned));
        for (Record record : answer.records()) {
            sorted.add(record.rdataToWireCanonical());
        }
        int position = 0;
        for (byte[] bytes : sorted) {
            if (position < MAX_ASKED) {
                asked.add(address(bytes));
            } else if (position < MAX_ASKED + MAX_BEYOND) {
                beyond.add(address(bytes));
            }
            position++;
        }
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address record of " + bytes.length + " bytes", e);
        }
    }
}
