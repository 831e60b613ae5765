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

    /** All that it prints about the mail servers of a domain; it looks for TLSA records at that port, too. */
    public String look(String domain, int port) throws IOException {
        return ServerProcess.run(List.of(
                Program.CHROOT.path(),
                root.path().toString(),
                program,
                "-c",
                "-l",
                "dane",
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
