package org.mailpulse.testbed.server;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A program that comes with the system, not with the build. Where it is missing a test is skipped, and says so on
 * stderr; under continuous integration ({@code CI=true} in the environment) it fails instead.
 */
public enum Program {
    NSD("nsd"),
    NSD_CHECKZONE("nsd-checkzone"),
    UNBOUND("unbound"),
    POSTFIX("postfix"),
    /** Postfix's parent process is not meant for people, so it lies outside the path. */
    POSTFIX_MASTER("master"),
    /** Looks at a mail server as Postfix would before it delivers. */
    POSTTLS_FINGER("posttls-finger"),
    LDD("ldd"),
    OPENSSL("openssl"),
    DRILL("drill"),
    LDNS_KEYGEN("ldns-keygen"),
    LDNS_SIGNZONE("ldns-signzone"),
    /** Gives a child a process group of its own. */
    SETSID("setsid"),
    /** Gives a child a file system of its own. */
    CHROOT("chroot"),
    SSLSCAN("sslscan");

    private static final String[] BEYOND_THE_PATH = {
        "/usr/sbin", "/usr/local/sbin", "/usr/lib/postfix/sbin", "/usr/libexec/postfix"
    };

    private final String command;

    Program(String command) {
        this.command = command;
    }

    /** Where it is; without it the running test ends here. */
    public String path() {
        Optional<Path> found = find();
        if (found.isEmpty()) {
            missing("the program '" + command + "' is not installed; deploy/install-test-servers.sh installs it");
        }
        return found.orElseThrow().toString();
    }

    public boolean isInstalled() {
        return find().isPresent();
    }

    /** Postfix drops privileges from process to process and so must be started by root. */
    static void requireRoot(String who) {
        if (!"root".equals(System.getProperty("user.name"))) {
            missing(who + " can only be started by root");
        }
    }

    /** Ends the running test. */
    static void missing(String what) {
        if (Boolean.parseBoolean(System.getenv("CI"))) {
            throw new IllegalStateException(what);
        }
        System.err.println("SKIPPED: " + what);
        Assumptions.abort(what);
    }

    private Optional<Path> find() {
        String searched = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Arrays.stream(searched.split(File.pathSeparator)), Arrays.stream(BEYOND_THE_PATH))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, command))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
