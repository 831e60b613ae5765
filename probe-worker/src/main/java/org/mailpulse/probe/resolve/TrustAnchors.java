package org.mailpulse.probe.resolve;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Keys that validation starts from: DS or DNSKEY records, as {@code root.key} files hold them. */
public final class TrustAnchors {
    private static final long MAX_BYTES = 1 << 20;
    private static final int DEFAULT_TTL = 3600;

    private final List<Record> records;

    private TrustAnchors(List<Record> records) {
        this.records = List.copyOf(records);
    }

    /** @throws IOException with one clear line: which file, what is wrong */
    public static TrustAnchors load(Path file) throws IOException {
        List<Record> anchors = new ArrayList<>();
        for (Record record : read(file)) {
            if (record.getDClass() == DClass.IN && isAnchor(record)) {
                anchors.add(record);
            } else {
                throw new IOException("trust anchor " + file + " holds a record that is no DS and no zone key: "
                        + record.getName() + " " + Type.string(record.getType()));
            }
        }
        if (anchors.isEmpty()) {
            throw new IOException("trust anchor " + file + " holds no DS or DNSKEY record");
        }
        return new TrustAnchors(anchors);
    }

    /** In the form that dnsjava reads. */
    InputStream text() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        records.forEach(record -> text.writeBytes((record + "\n").getBytes(StandardCharsets.US_ASCII)));
        return new ByteArrayInputStream(text.toByteArray());
    }

    private static boolean isAnchor(Record record) {
        return record.getType() == Type.DS
                || record instanceof DNSKEYRecord key && (key.getFlags() & DNSKEYRecord.Flags.ZONE_KEY) != 0;
    }

    private static List<Record> read(Path file) throws IOException {
        List<Record> records = new ArrayList<>();
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("it is larger than " + MAX_BYTES + " bytes");
            }
            try (InputStream in = Files.newInputStream(file);
                    Master master = new Master(in, Name.root, DEFAULT_TTL)) {
                master.disableIncludes(true);
                for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
                    records.add(record);
                }
            }
        } catch (NoSuchFileException e) {
            throw new IOException("trust anchor " + file + " does not exist", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("trust anchor " + file + " cannot be read: " + line(e.getMessage()), e);
        }
        return records;
    }

    private static String line(String message) {
        return String.valueOf(message).lines().findFirst().orElse("");
    }
}
