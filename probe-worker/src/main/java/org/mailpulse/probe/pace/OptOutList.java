package org.mailpulse.probe.pace;

import com.google.common.net.InternetDomainName;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Those who asked not to be asked. One entry a line, {@code #} begins a comment:
 *
 * <pre>
 * harbour.example        the domain or MX host of that name
 * *.quay.example         every name below it, not the name itself
 * .pier.example          the name and every name below it
 * 192.0.2.0/24           every MX host at these addresses; a single address will do
 * </pre>
 */
public final class OptOutList {
    public static final OptOutList EMPTY = new OptOutList(Set.of(), Set.of(), List.of());

    private final Set<String> names;
    private final Set<String> parents;
    private final List<Cidr> blocks;

    private OptOutList(Set<String> names, Set<String> parents, List<Cidr> blocks) {
        this.names = names;
        this.parents = parents;
        this.blocks = blocks;
    }

    /** @throws IOException with one clear line: which file, which line, what is wrong */
    public static OptOutList load(Path file) throws IOException {
        try {
            return parse(file.toString(), Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw new IOException("opt-out file " + file + " does not exist", e);
        } catch (MalformedInputException e) {
            throw new IOException("opt-out file " + file + " is not UTF-8", e);
        }
    }

    static OptOutList parse(String source, List<String> lines) throws IOException {
        Set<String> names = new HashSet<>();
        Set<String> parents = new HashSet<>();
        List<Cidr> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String entry = lines.get(i).replaceFirst("#.*", "").strip().toLowerCase(Locale.ROOT);
            try {
                if (entry.isEmpty()) {
                    continue;
                }
                if (looksLikeAddress(entry)) {
                    blocks.add(Cidr.parse(entry));
                } else if (entry.startsWith("*.")) {
                    parents.add(name(entry.substring(2)));
                } else if (entry.startsWith(".")) {
                    parents.add(name(entry.substring(1)));
                    names.add(name(entry.substring(1)));
                } else {
                    names.add(name(entry));
                }
            } catch (IllegalArgumentException e) {
                throw new IOException(
                        "opt-out file " + source + ", line " + (i + 1) + ": '" + entry
                                + "' is neither a domain name nor an address block",
                        e);
            }
        }
        return new OptOutList(Set.copyOf(names), Set.copyOf(parents), List.copyOf(blocks));
    }

    /** @param name domain or MX host; lower-case A-labels without a trailing dot */
    public boolean names(String name) {
        if (names.contains(name)) {
            return true;
        }
        if (parents.isEmpty()) {
            return false;
        }
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            if (parents.contains(name.substring(dot + 1))) {
                return true;
            }
        }
        return false;
    }

    public boolean holds(InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    private static boolean looksLikeAddress(String entry) {
        return entry.indexOf('/') >= 0 || entry.indexOf(':') >= 0 || entry.matches("[0-9.]+");
    }

    private static String name(String text) {
        return InternetDomainName.from(java.net.IDN.toASCII(text, java.net.IDN.ALLOW_UNASSIGNED))
                .toString();
    }
}
