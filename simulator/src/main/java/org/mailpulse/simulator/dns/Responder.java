package org.mailpulse.simulator.dns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.mailpulse.simulator.world.MailPlan.Manner;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** Bytes of a query → bytes of the reply (RFC 1035, EDNS by RFC 6891, signatures by RFC 4035). */
final class Responder {
    /** RFC 1035 §2.3.4: what fits into a datagram without EDNS. */
    private static final int PLAIN_UDP_BYTES = 512;

    /** The flag-day size: such a datagram is not fragmented. */
    private static final int EDNS_UDP_BYTES = 1_232;

    private static final int MAX_TCP_BYTES = 65_535;
    private static final int HEADER_BYTES = 12;

    enum Transport {
        UDP,
        TCP
    }

    /**
     * @param bytes null where nothing is to be sent
     * @param manner of the delivery: only {@link Manner#SLOW} and {@link Manner#LOSSY} are left for the server to heed
     */
    record Reply(byte[] bytes, Manner manner, int hash) {
        static final Reply NOTHING = new Reply(null, Manner.DROPPED, 0);
    }

    private final Zones zones;
    private final ZoneSigner signer;
    private final IntSupplier survey;

    /** @param survey the current one, asked at each question */
    Responder(Zones zones, ZoneSigner signer, IntSupplier survey) {
        this.zones = zones;
        this.signer = signer;
        this.survey = survey;
    }

    Reply reply(byte[] query, Transport transport) {
        Message message;
        try {
            message = new Message(query);
        } catch (IOException e) {
            return malformed(query);
        }
        if (message.getHeader().getFlag(Flags.QR)) {
            return Reply.NOTHING; // never answer an answer: two responders could keep each other busy for ever
        }
        Record question = message.getQuestion();
        if (message.getHeader().getOpcode() != Opcode.QUERY) {
            return plain(message, Rcode.NOTIMP);
        }
        if (question == null) {
            return plain(message, Rcode.FORMERR);
        }
        if (question.getDClass() != DClass.IN) {
            return plain(message, Rcode.REFUSED);
        }
        return answer(message, question, transport);
    }

    private Reply answer(Message query, Record question, Transport transport) {
        int now = survey.getAsInt();
        Answer answer = zones.find(question.getName(), question.getType(), now);
        if (answer.manner() == Manner.DROPPED) {
            return Reply.NOTHING;
        }
        OPTRecord edns = query.getOPT();
        Message reply = replyTo(query, answer.rcode());
        if (answer.manner() == Manner.TRUNCATED && transport == Transport.UDP) {
            reply.getHeader().setFlag(Flags.TC);
        } else if (answer.zone() != null) {
            boolean secured = wantsSignatures(edns) && answer.zone().isSigned();
            List<Record> authority = authority(answer, secured, now);
            add(reply, Section.ANSWER, secured ? signer.sign(answer.records(), answer.zone()) : answer.records());
            add(reply, Section.AUTHORITY, secured ? signer.sign(authority, answer.zone()) : authority);
        }
        if (edns != null) {
            reply.addRecord(new OPTRecord(EDNS_UDP_BYTES, 0, 0, edns.getFlags()), Section.ADDITIONAL);
        }
        int hash = 31 * (31 * question.getName().hashCode() + question.getType()) + now;
        return new Reply(reply.toWire(limit(edns, transport)), answer.manner(), hash);
    }

    /** Negative answers need the zone's SOA (RFC 2308 §2), and where they are secured a proof (RFC 4035 §3.1.3). */
    private List<Record> authority(Answer answer, boolean secured, int now) {
        if (answer.denied() == null) {
            return List.of();
        }
        List<Record> records = new ArrayList<>();
        records.add(answer.zone().soa());
        if (secured) {
            records.addAll(
                    Denial.of(answer.denied(), name -> zones.node(name, now).exists()));
        }
        return records;
    }

    private static boolean wantsSignatures(OPTRecord edns) {
        return edns != null && (edns.getFlags() & ExtendedFlags.DO) != 0;
    }

    private static void add(Message reply, int section, List<Record> records) {
        records.forEach(record -> reply.addRecord(record, section));
    }

    private static int limit(OPTRecord edns, Transport transport) {
        if (transport == Transport.TCP) {
            return MAX_TCP_BYTES;
        }
        return edns == null
                ? PLAIN_UDP_BYTES
                : Math.max(PLAIN_UDP_BYTES, Math.min(EDNS_UDP_BYTES, edns.getPayloadSize()));
    }

    private static Reply plain(Message query, int rcode) {
        return new Reply(replyTo(query, rcode).toWire(), Manner.PROMPT, 0);
    }

    private static Message replyTo(Message query, int rcode) {
        Header asked = query.getHeader();
        Message reply = new Message(asked.getID());
        Header header = reply.getHeader();
        header.setOpcode(asked.getOpcode());
        header.setFlag(Flags.QR);
        header.setFlag(Flags.AA);
        header.setFlag(Flags.RA);
        if (asked.getFlag(Flags.RD)) {
            header.setFlag(Flags.RD);
        }
        header.setRcode(rcode);
        if (query.getQuestion() != null) {
            reply.addRecord(query.getQuestion(), Section.QUESTION);
        }
        return reply;
    }

    /** What can be told of a query that does not parse: its number. */
    private static Reply malformed(byte[] query) {
        if (query.length < HEADER_BYTES || (query[2] & 0x80) != 0) {
            return Reply.NOTHING;
        }
        Message reply = new Message((query[0] & 0xFF) << 8 | query[1] & 0xFF);
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setRcode(Rcode.FORMERR);
        return new Reply(reply.toWire(), Manner.PROMPT, 0);
    }
}
