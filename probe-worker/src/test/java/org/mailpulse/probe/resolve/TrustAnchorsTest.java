package org.mailpulse.probe.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustAnchorsTest {
    private static final String DS =
            ". IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D";

    @TempDir
    Path folder;

    @Test
    void dsAndDnskeyRecordsAreRead() throws IOException {
        Path file = write("; root\n" + DS + "\nexample. 3600 IN DNSKEY 257 3 13 "
                + "mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==\n");
        assertThat(new String(TrustAnchors.load(file).text().readAllBytes(), StandardCharsets.US_ASCII))
                .contains("20326 8 2", "257 3 13")
                .hasLineCount(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|holds no DS or DNSKEY record",
                "; nothing|holds no DS or DNSKEY record",
                "example. 60 IN A 192.0.2.1|holds a record that is no DS and no zone key: example. A",
                "example. 60 IN DNSKEY 0 3 13 AwEAAQ==|holds a record that is no DS and no zone key: example. DNSKEY",
                ". IN DS 1 8 2 zz|cannot be read",
                "$INCLUDE /etc/hostname|cannot be read"
            })
    void whatIsNoAnchorIsToldInOneLine(String content, String message) throws IOException {
        Path file = write(content);
        assertThatThrownBy(() -> TrustAnchors.load(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("trust anchor " + file)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> TrustAnchors.load(missing)).hasMessage("trust anchor " + missing + " does not exist");
    }

    private Path write(String content) throws IOException {
        return Files.writeString(folder.resolve("anchor.key"), content + "\n");
    }
}
