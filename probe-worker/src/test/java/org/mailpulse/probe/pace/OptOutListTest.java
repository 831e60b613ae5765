package org.mailpulse.probe.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptOutListTest {
    @TempDir
    Path folder;

    @Test
    void namesAndBlocksAreHonoured() throws IOException {
        OptOutList list = list(
                "# who asked not to be asked",
                "",
                "Harbour.Example   # since May",
                "*.quay.example",
                ".pier.example",
                "blåbær.example",
                "192.0.2.0/24",
                "198.51.100.7",
                "2001:db8::/32");
        assertThat(List.of("harbour.example", "mx.quay.example", "a.b.quay.example", "pier.example", "mx.pier.example"))
                .allMatch(list::names);
        assertThat(list.names("xn--blbr-roah.example")).isTrue();
        assertThat(List.of("mx.harbour.example", "quay.example", "xquay.example", "example", "apier.example"))
                .noneMatch(list::names);
        assertThat(list.holds(InetAddresses.forString("192.0.2.200"))).isTrue();
        assertThat(list.holds(InetAddresses.forString("198.51.100.7"))).isTrue();
        assertThat(list.holds(InetAddresses.forString("198.51.100.8"))).isFalse();
        assertThat(list.holds(InetAddresses.forString("2001:db8::5"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "192.0.2.1/24", "192.0.2.300", "-", "*.", "a..b", "2001:db8::/200"})
    void aBadLineIsNamedByFileAndNumber(String line) {
        assertThatThrownBy(() -> list("good.example", line))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "opt-out file list.txt, line 2: '" + line + "' is neither a domain name nor an address block");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> OptOutList.load(folder.resolve("none.txt")))
                .hasMessage("opt-out file " + folder.resolve("none.txt") + " does not exist");
    }

    @Test
    void aFileThatIsNotUtf8IsNamed() throws IOException {
        Path file = Files.write(folder.resolve("latin.txt"), new byte[] {'b', 'l', (byte) 0xe5, '\n'});
        assertThatThrownBy(() -> OptOutList.load(file)).hasMessage("opt-out file " + file + " is not UTF-8");
    }

    private static OptOutList list(String... lines) throws IOException {
        return OptOutList.parse("list.txt", List.of(lines));
    }
}
