package org.mailpulse.testbed.server;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Postfix that knows DANE makes of a domain's mail servers. It asks the resolver of {@code /etc/resolv.conf}, which
 * cannot name a port, and so runs in a small file system of its own, with a resolver of our choice at port 53.
 */
public final class PosttlsFinger implements AutoCloseable {
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+\\.so[^\\s)]*)");
    /** Postfix wants to know them, each by a number of its own, though it becomes none of them here. */
    private static final String USERS = "postfix:x:101:101::/:/bin/false\nnobody:x:65534:65534::/:/bin/false\n";

    private static final String GROUPS = "postfix:x:101:\npostdrop:x:102:\nnogroup:x:65534:\n";

    private final ScratchFolder root;
    private final String program;

    private PosttlsFinger(ScratchFolder root, String program) {
        this.root = root;
        this.program = program;
    }

    /** Needs root. @param resolver that validates and listens at port 53 */
    public static PosttlsFinger asking(InetAddress resolver) throws IOException {
        String program = Program.POSTTLS_FINGER.path();
        Program.requireRoot(program);
        ScratchFolder root = new ScratchFolder("finger");
        try {
            copy(Path.of(program), root.path());
            Matcher libraries = LIBRARY.matcher(ServerProcess.run(List.of(Program.LDD.path(), program)));
            while (libraries.find()) {
                copy(Path.of(libraries.group(1)), root.path());
            }
            root.write("etc/resolv.conf", "nameserver " + resolver.getHostAddress() + "\noptions trust-ad\n");
            root.write("etc/nsswitch.conf", "hosts: dns\n");
            root.write("etc/passwd", USERS);
            root.write("etc/group", GROUPS);
            root.write("etc/postfix/main.cf", """
                    compatibility_level = 3.6
                    smtp_dns_support_level = dnssec
                    myhostname = probe.example
                    inet_protocols = ipv4
                    """);
            return new PosttlsFinger(root, program);
        } catch (IOException | RuntimeException e) {
            root.close();
            throw e;
        }
    }

    /** What it would mean for a mail that must not go without DANE. */
    public enum Word {
        /** The server showed what is pinned. */
        VERIFIED("Verified TLS connection established"),
        /** It showed something else. */
        MISMATCH("Untrusted TLS connection established"),
        /** Nothing is pinned that counts. */
        NOT_PINNED("resorting to \"secure\"", "all TLSA records unusable", "MX RRset insecure"),
        /** Nobody can tell whether something is pinned: the mail waits. */
        DEFERRED("TLSA lookup error"),
        NO_STARTTLS("STARTTLS rejected", "TLS is required, but was not offered"),
        /** Where the mail should go cannot be looked up. */
        NO_ROUTE("Destination address lookup failed");

        private final List<String> signs;

        Word(String... signs) {
            this.signs = List.of(signs);
        }

        private boolean isIn(String said) {
            return signs.stream().anyMatch(said::contains);
        }
    }

    /** Weightier ones first: what is said of a connection depends on what is pinned. */
    private static final List<Word> BY_WEIGHT =
            List.of(Word.NO_ROUTE, Word.DEFERRED, Word.NO_STARTTLS, Word.NOT_PINNED, Word.VERIFIED, Word.MISMATCH);

    /**
     * Looks at the mail server of a domain; for TLSA records at that same port.
     *
     * @throws IllegalStateException with what it printed, if that says none of it
     */
    public Word look(String domain, int port) throws IOException {
        String said = print(domain, port);
        return BY_WEIGHT.stream()
                .filter(word -> word.isIn(said))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(program + " of " + domain + " says:\n" + said));
    }

    private String print(String domain, int port) throws IOException {
        return ServerProcess.run(List.of(
                Program.CHROOT.path(),
                root.path().toString(),
                program,
                "-c",
                "-l",
                "dane-only",
                "-L",
                "routine,certmatch,untrusted",
                domain + ":" + port));
    }

    private static void copy(Path file, Path root) throws IOException {
        Path there = root.resolve(file.toString().substring(1));
        Files.createDirectories(there.getParent());
        Files.copy(file, there, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        root.close();
    }
}
