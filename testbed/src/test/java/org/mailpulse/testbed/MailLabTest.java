package org.mailpulse.testbed;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Is the laboratory what its expectations say? Asked with openssl s_client, drill and plain sockets. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailLabTest {
    private static final Pattern MX = Pattern.compile("\\sMX\\s+\\d+ (\\S+)");
    private static final Pattern LEAF =
            Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);

    /** OpenSSL's X509_V_ERR_… for the class that a row states. */
    private static final Map<String, Set<Integer>> VERIFY_CODES = Map.of(
            "VALID", Set.of(0),
            "WEAK_KEY", Set.of(0),
            "WEAK_SIGNATURE", Set.of(0),
            "PLACEHOLDER", Set.of(0),
            "EXPIRED", Set.of(10),
            "NOT_YET_VALID", Set.of(9),
            "SELF_SIGNED", Set.of(18),
            "UNTRUSTED", Set.of(20, 21),
            "NAME_MISMATCH", Set.of(62));

    /** Name and type → what drill printed. */
    private final Map<String, String> asked = new TreeMap<>();

    private MailLab lab;

    @BeforeAll
    void start() throws IOException {
        lab = MailLab.start();
    }

    @AfterAll
    void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    Stream<Arguments> openHosts() {
        return lab.open().hosts().stream().map(row -> arguments(row.get("mx_host") + " at " + row.get("address"), row));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("openHosts")
    void eachHostBehavesAsItsRowSays(String ignored, Map<String, String> row) throws Exception {
        switch (row.get("reason")) {
            case "NONE" -> {
                if (row.get("outcome").equals("TLS_OK")) {
                    presentsTheCertificateOf(row);
                } else {
                    assertThat(startTls(row)).contains("Didn't find STARTTLS in server response");
                }
            }
            case "CONNECT_REFUSED" -> assertThat(startTls(row)).contains("Connection refused");
            case "GREETING_TIMEOUT" -> assertThat(firstLine(row)).isEqualTo("(silence)");
            case "CLOSED_BEFORE_GREETING" -> assertThat(firstLine(row)).isEmpty();
            case "GREETING_REFUSED_5XX" -> assertThat(firstLine(row)).startsWith("554 ");
            case "GREETING_REFUSED_4XX" -> assertThat(firstLine(row)).startsWith("421 ");
            case "NOT_SMTP_GREETING" -> assertThat(firstLine(row)).startsWith("HTTP/1.1");
            case "MASKED_KEYWORD" ->
                assertThat(ehlo(row)).contains("250 XXXXXXXX").doesNotContain("STARTTLS");
            case "HELO_ONLY" -> assertThat(ehlo(row)).contains("502 ");
            case "STARTTLS_REFUSED_4XX" ->
                assertThat(ehlo(row)).contains("250 STARTTLS").contains("\n454 ");
            case "HANDSHAKE_NOT_TLS" -> assertThat(startTls(row)).contains("wrong version number");
            case "HANDSHAKE_CLOSED" ->
                assertThat(startTls(row))
                        .contains("unexpected eof while reading")
                        .doesNotContain("alert");
            case "HANDSHAKE_ALERT" -> assertThat(startTls(row)).contains("alert handshake failure");
            default -> throw new AssertionError("no check for " + row);
        }
    }

    Stream<Arguments> domains() {
        return Stream.of(lab.open(), lab.blocked())
                .flatMap(scenario -> scenario.domains().stream())
                .map(row -> arguments(row.get("domain"), row));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("domains")
    void theDnsOfEachDomainIsAsItsRowSays(String domain, Map<String, String> row) {
        String answer = ask(domain, "MX");
        Set<String> hosts = mxHosts(answer);
        switch (row.get("status")) {
            case "NXDOMAIN" -> assertThat(answer).contains("rcode: NXDOMAIN");
            case "NULL_MX" -> assertThat(answer).containsPattern("\\sMX\\s+0 \\.\\s");
            case "DNS_ERROR" ->
                assertThat(answer + hosts.stream().map(host -> ask(host, "A")).toList())
                        .containsPattern("rcode: (SERVFAIL|REFUSED)");
            default -> {
                assertThat(answer).contains("rcode: NOERROR");
                int implicit = hosts.isEmpty() && !row.get("status").equals("NO_ADDRESS") ? 1 : 0;
                assertThat(hosts.size() + implicit).isEqualTo(Integer.parseInt(row.get("mx_hosts")));
            }
        }
    }

    @Test
    void everyTargetThatIsNotRejectedHasARowAndNoOtherDomainHas() throws IOException {
        assertThat(lab.open().domains()).hasSizeGreaterThan(60);
        assertThat(domainsOf(lab.open())).isEqualTo(targetsOf(lab.open()));
        assertThat(domainsOf(lab.blocked())).isEqualTo(targetsOf(lab.blocked()));
    }

    @Test
    void everyEndpointOfTheDomainsHasARowAndNoOtherHas() throws IOException {
        for (Scenario scenario : List.of(lab.open(), lab.blocked())) {
            Set<String> endpoints = new TreeSet<>();
            for (String domain : domainsOf(scenario)) {
                Set<String> hosts = mxHosts(ask(domain, "MX"));
                for (String host : hosts.isEmpty() ? Set.of(domain) : hosts) {
                    addresses(host).forEach(address -> endpoints.add(host + " " + address));
                }
            }
            assertThat(scenario.hosts().stream()
                            .map(row -> row.get("mx_host") + " " + row.get("address"))
                            .collect(toSet()))
                    .isEqualTo(endpoints);
        }
    }

    @Test
    void theOpenScenarioLeadsToLoopbackAddressesOnly() throws IOException {
        for (Map<String, String> row : lab.open().hosts()) {
            assertThat(InetAddress.getByName(row.get("address")).isLoopbackAddress())
                    .as(row.toString())
                    .isTrue();
        }
    }

    @Test
    void connectionsAreCountedOverAllServers() throws IOException {
        long before = lab.connections();
        firstLine(row("mx.refusing.example"));
        startTls(row("mx.stale.example"));
        startTls(row("mx1.harbour.example"));
        assertThat(lab.connections()).isEqualTo(before + 3);
    }

    @Test
    void aLongAnswerIsTruncatedByUdp() throws IOException {
        assertThat(Tool.drill(lab.resolver(), "large.test", "MX", "-u", "-b", "1232"))
                .containsPattern(";; flags:.*\\btc\\b");
    }

    private void presentsTheCertificateOf(Map<String, String> row) throws Exception {
        String session = startTls(row, "-cipher", "DEFAULT@SECLEVEL=0");
        assertThat(session).contains("Protocol  : " + row.get("tls_version"));
        int code = Integer.parseInt(first(Pattern.compile("Verify return code: (\\d+)"), session));
        X509Certificate leaf = leaf(session);
        if (leaf.getSubjectAlternativeNames() == null) {
            // OpenSSL looks at the CN of a certificate without SAN, which RFC 9525 gave up
            assertThat(row.get("certificate_flags")).contains("NAME_MISMATCH");
        } else {
            assertThat(code).isIn(VERIFY_CODES.get(row.get("certificate_class")));
        }
        Map<String, String> seen = new TreeMap<>();
        seen.put(
                "key_type",
                leaf.getPublicKey() instanceof RSAPublicKey
                        ? "RSA"
                        : leaf.getPublicKey().getAlgorithm());
        seen.put("key_bits", "" + bits(leaf));
        seen.put("signature_algorithm", leaf.getSigAlgName());
        seen.put("not_after", leaf.getNotAfter().toInstant().toString());
        seen.put("issuer", leaf.getIssuerX500Principal().getName());
        seen.put("subject", leaf.getSubjectX500Principal().getName());
        seen.put(
                "certificate_sha256",
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded())));
        assertThat(row).containsAllEntriesOf(seen);
    }

    private static int bits(X509Certificate leaf) {
        return leaf.getPublicKey() instanceof RSAPublicKey rsa
                ? rsa.getModulus().bitLength()
                : ((ECPublicKey) leaf.getPublicKey()).getParams().getOrder().bitLength();
    }

    private static X509Certificate leaf(String session) throws GeneralSecurityException {
        Matcher found = LEAF.matcher(session);
        assertThat(found.find()).as(session).isTrue();
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(found.group().getBytes(StandardCharsets.US_ASCII)));
    }

    private String startTls(Map<String, String> row, String... options) throws IOException {
        return Tool.startTls(at(row), row.get("mx_host"), lab.trustStore(), options);
    }

    private InetSocketAddress at(Map<String, String> row) {
        return new InetSocketAddress(row.get("address"), lab.smtpPort());
    }

    private String firstLine(Map<String, String> row) throws IOException {
        return dialogue(row, "").lines().findFirst().orElse("");
    }

    /** Everything the server says to EHLO, STARTTLS and QUIT. */
    private String ehlo(Map<String, String> row) throws IOException {
        return dialogue(row, "EHLO prober.invalid\r\nSTARTTLS\r\nQUIT\r\n");
    }

    private String dialogue(Map<String, String> row, String commands) throws IOException {
        try (Socket socket = new Socket(at(row).getAddress(), lab.smtpPort())) {
            socket.setSoTimeout(500);
            if (commands.isEmpty()) {
                byte[] heard = new byte[200];
                int length = Math.max(0, socket.getInputStream().read(heard));
                return new String(heard, 0, length, StandardCharsets.US_ASCII);
            }
            socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (SocketTimeoutException e) {
            return "(silence)";
        }
    }

    private Map<String, String> row(String mxHost) {
        return lab.open().hosts().stream()
                .filter(row -> row.get("mx_host").equals(mxHost))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> domainsOf(Scenario scenario) {
        return scenario.domains().stream().map(row -> row.get("domain")).collect(toSet());
    }

    /** What a reader must make of the list, done anew: the JDK's IDN is good enough for these few names. */
    private static Set<String> targetsOf(Scenario scenario) throws IOException {
        List<String> lines = new String(Files.readAllBytes(scenario.targets()), StandardCharsets.UTF_8)
                .lines()
                .toList();
        Set<String> domains = new TreeSet<>();
        for (int number = 2; number <= lines.size(); number++) {
            if (!scenario.rejectedLines().contains(number)) {
                String domain =
                        IDN.toASCII(lines.get(number - 1).split(",", 2)[0]).toLowerCase(Locale.ROOT);
                domains.add(domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain);
            }
        }
        return domains;
    }

    private static Set<String> mxHosts(String answer) {
        Set<String> hosts = new TreeSet<>();
        for (Matcher found = MX.matcher(answer); found.find(); ) {
            String host = found.group(1).toLowerCase(Locale.ROOT);
            if (!host.equals(".")) {
                hosts.add(host.substring(0, host.length() - 1));
            }
        }
        return hosts;
    }

    private String ask(String name, String type) {
        return asked.computeIfAbsent(name + " " + type, ignored -> {
            try {
                return Tool.drill(lab.resolver(), name, type, "-t");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private Set<String> addresses(String host) {
        Set<String> addresses = new TreeSet<>();
        for (String type : List.of("A", "AAAA")) {
            Matcher found = Pattern.compile("\\sIN\\s+" + type + "\\s+(\\S+)").matcher(answers(ask(host, type)));
            while (found.find()) {
                addresses.add(found.group(1));
            }
        }
        return addresses;
    }

    private static String answers(String message) {
        int from = message.indexOf(";; ANSWER SECTION:");
        int to = message.indexOf(";; AUTHORITY SECTION:");
        return from < 0 || to < from ? "" : message.substring(from, to);
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return found.group(1);
    }
}
