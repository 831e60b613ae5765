package org.mailpulse.testbed.server;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailpulse.simulator.pki.Credential;

/**
 * A small file system of a server's own. Debian lets only one mail server be installed; the others are unpacked into the
 * user's cache by deploy/install-test-servers.sh, with the libraries and the user names that they need. Each instance
 * gets links to those files, and folders of its own for the rest.
 */
final class Chroot implements AutoCloseable {
    /** The users of the unpacked servers, see the script. */
    static final int EXIM_UID = 101;

    private final ScratchFolder folder;

    private Chroot(ScratchFolder folder) {
        this.folder = folder;
    }

    /**
     * @param unpacked name of the unpacked server
     * @param program that must be there, from the root on
     */
    static Chroot with(String unpacked, String program) throws IOException {
        Program.requireRoot(program);
        Path source = source(unpacked);
        if (!Files.isExecutable(source.resolve(program.substring(1)))) {
            Program.missing(program + " is not in " + source + "; deploy/install-test-servers.sh puts it there");
        }
        ScratchFolder folder = new ScratchFolder("chroot");
        try {
            fill(folder.path(), source);
            return new Chroot(folder);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    List<String> command(String... command) {
        String chroot = Program.CHROOT.path();
        return Stream.concat(Stream.of(chroot, path().toString()), Stream.of(command))
                .toList();
    }

    Path path() {
        return folder.path();
    }

    Path write(String name, String text) throws IOException {
        return folder.write(name, text);
    }

    /** Key and chain at {@code /leaf.key} and {@code /leaf.pem}, the key for the user alone. */
    void write(Credential credential, int uid) throws IOException {
        Files.setAttribute(credential.writeTo(path(), "leaf").key(), "unix:uid", uid);
    }

    void copy(String from, String to) throws IOException {
        Path target = path().resolve(to);
        Files.createDirectories(target.getParent());
        Files.copy(path().resolve(from), target);
    }

    /** @param mode as in {@code rwxr-xr-x} */
    void folder(String name, String mode, int uid) throws IOException {
        Path made = Files.createDirectories(path().resolve(name));
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(mode));
        Files.setAttribute(made, "unix:uid", uid);
    }

    @Override
    public void close() {
        folder.close();
    }

    private static Path source(String unpacked) {
        Path cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(set -> !set.isEmpty())
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache"));
        return cache.resolve("mailpulse").resolve(unpacked);
    }

    private static void fill(Path root, Path source) throws IOException {
        try (Stream<Path> found = Files.walk(source)) {
            for (Path file : found.skip(1).toList()) {
                Path there = root.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectory(there);
                } else {
                    link(there, file);
                }
            }
        }
    }

    private static void link(Path there, Path file) throws IOException {
        try {
            Files.createLink(there, file);
        } catch (FileSystemException e) { // another file system
            Files.copy(file, there, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
    }
}
