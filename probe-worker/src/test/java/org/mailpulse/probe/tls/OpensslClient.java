package org.mailpulse.probe.tls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailpulse.testbed.server.Program;

/** OpenSSL's word on a mail server, from a connection of its own. */
public final class OpensslClient {
    private static final int LIMIT_SECONDS = 20;
    private static final Pattern NEGOTIATED = Pattern.compile("New, [^,]+, Cipher is (\\S+)");
    private static final Pattern VERSION = Pattern.compile("Protocol  ?: (\\S+)");
    private static final Pattern TLS_1_3 = Pattern.compile("New, TLSv1\\.3,");
    private static final Pattern TEMP_KEY = Pattern.compile("Server Temp Key: ([^\\n]+)");
    private static final Pattern KEY_BITS = Pattern.compile("Server public key is (\\d+) bit");
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----");
    private static final Map<String, String> GROUPS = Map.of(
            "X25519, 253 bits", "x25519",
            "X448, 448 bits", "x448",
            "ECDH, prime256v1, 256 bits", "secp256r1",
            "ECDH, secp384r1, 384 bits", "secp384r1",
            "ECDH, secp521r1, 521 bits", "secp521r1");

    private static Map<String, String> ianaNames;

    private OpensslClient() {}

    /**
     * @param cipher IANA name
     * @param group IANA name; null without one
     * @param dhBits of a DHE exchange; 0 without one
     * @param chain DER, leaf first
     */
    public record Word(String version, String cipher, String group, int dhBits, int keyBits, List<byte[]> chain) {}

    /** All that it prints. */
    public static String say(InetSocketAddress server, String name, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(Program.OPENSSL.path(), "s_client", "-starttls", "smtp"));
        command.addAll(List.of(
                "-connect", server.getAddress().getHostAddress() + ":" + server.getPort(), "-servername", name));
        command.addAll(List.of("-showcerts", "-ign_eof", "-crlf"));
        command.addAll(List.of(options));
        return run(command, "EHLO prober.invalid\nQUIT\n");
    }

    public static Word ask(InetSocketAddress server, String name, String... options) throws IOException {
        String said = say(server, name, options);
        String key = first(TEMP_KEY, said);
        boolean dh = key != null && key.startsWith("DH, ");
        return new Word(
                TLS_1_3.matcher(said).find() ? "TLSv1.3" : first(VERSION, said),
                ianaName(first(NEGOTIATED, said)),
                key == null || dh ? null : GROUPS.getOrDefault(key, key),
                dh ? Integer.parseInt(key.replaceAll("\\D", "")) : 0,
                Integer.parseInt(String.valueOf(first(KEY_BITS, said)).replace("null", "0")),
                chain(said));
    }

    /** Runs a program and returns what it prints, within 20 s. */
    public static String run(List<String> command, String input) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).exceptionally(late -> process.destroyForcibly());
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // it did not want to hear us; its output says why
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static List<byte[]> chain(String said) {
        String shown = said.contains("\nServer certificate\n")
                ? said.substring(0, said.indexOf("\nServer certificate\n"))
                : said;
        List<byte[]> chain = new ArrayList<>();
        Matcher blocks = CERTIFICATE.matcher(shown);
        while (blocks.find()) {
            chain.add(Base64.getMimeDecoder().decode(blocks.group(1)));
        }
        return chain;
    }

    /** As OpenSSL calls the suite of an IANA name. */
    public static String opensslName(String iana) throws IOException {
        ianaName("");
        return ianaNames.entrySet().stream()
                .filter(entry -> entry.getValue().equals(iana))
                .findFirst()
                .map(Map.Entry::getKey)
                .orElse(iana);
    }

    private static synchronized String ianaName(String openssl) throws IOException {
        if (ianaNames == null) {
            ianaNames = new HashMap<>();
            run(List.of(Program.OPENSSL.path(), "ciphers", "-stdname", "ALL:@SECLEVEL=0"), "")
                    .lines()
                    .map(line -> line.split("\\s+"))
                    .filter(words -> words.length > 2)
                    .forEach(words -> ianaNames.put(words[2], words[0]));
        }
        return ianaNames.getOrDefault(openssl, openssl);
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : null;
    }
}
