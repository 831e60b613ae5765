package org.mailpulse.probe.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailpulse.simulator.pki.CertificateForge;

class TrustStoreTest {
    @TempDir
    Path folder;

    @Test
    void theVersionNamesTheSetOfRootsAndNotTheFile() throws IOException {
        String one = Files.readString(new CertificateForge(1).writeTrustStore(folder.resolve("one.pem")));
        String two = Files.readString(new CertificateForge(2).writeTrustStore(folder.resolve("two.pem")));
        String both = version(one + two);
        assertThat(both).startsWith("sha256:").hasSize(7 + 64);
        assertThat(version("# roots\n" + two + "\ntext between\n" + one + one)).isEqualTo(both);
        assertThat(version(one)).isNotEqualTo(both);
    }

    @Test
    void theSystemHasRoots() throws IOException {
        assertThat(TrustStore.load(null).size()).isGreaterThan(50);
    }

    @Test
    void whatCannotBeUsedIsToldInOneLine() throws IOException {
        Path file = folder.resolve("roots.pem");
        assertThatThrownBy(() -> TrustStore.load(file)).hasMessage("trust store " + file + " does not exist");
        Files.writeString(file, "nothing here");
        assertThatThrownBy(() -> TrustStore.load(file)).hasMessage("trust store " + file + " holds no PEM certificate");
        String good = Files.readString(new CertificateForge(1).writeTrustStore(folder.resolve("one.pem")));
        Files.writeString(file, good + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertThatThrownBy(() -> TrustStore.load(file))
                .isInstanceOf(IOException.class)
                .hasMessage("trust store " + file + ": certificate 2 cannot be read");
        assertThatThrownBy(() -> TrustStore.load(folder))
                .hasMessageStartingWith("trust store " + folder + " cannot be read");
    }

    private String version(String pem) throws IOException {
        return TrustStore.load(Files.writeString(folder.resolve("store.pem"), pem))
                .version();
    }
}
