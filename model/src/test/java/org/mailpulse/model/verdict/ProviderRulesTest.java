package org.mailpulse.model.verdict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailpulse.model.verdict.Provider.Evidence;

class ProviderRulesTest {
    private static final ProviderRules KNOWN = ProviderRules.known();

    @Test
    void theRulesThatAreShippedHoldWhatTheyMust() {
        assertThat(KNOWN.version()).isPositive();
        assertThat(KNOWN.all()).hasSizeGreaterThan(60);
        assertThat(KNOWN.all().stream().map(ProviderRule::id)).doesNotHaveDuplicates();
        assertThat(KNOWN.all().stream().map(ProviderRule::name)).doesNotHaveDuplicates();
        assertThat(KNOWN.all().stream().map(ProviderRule::kind)).contains(ProviderKind.values());
        assertThat(KNOWN.all()).allSatisfy(rule -> {
            for (Evidence evidence : Evidence.values()) {
                assertThat(rule.suffixes(evidence))
                        .allSatisfy(suffix -> assertThat(KNOWN.told(evidence, List.of("a.b." + suffix)))
                                .hasValue(rule));
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "aspmx.l.google.com, google",
        "google.com, google",
        "alt2.aspmx.l.google.com, google",
        "example-no.mail.protection.outlook.com, microsoft-365",
        "example-no.o-v1.mx.microsoft, microsoft-365",
        "mx0a-00123456.pphosted.com, proofpoint",
        "eu-smtp-inbound-1.mimecast.com, mimecast",
        "d12345a.ess.de.barracudanetworks.com, barracuda",
        "esa1.hc123-45.eu.iphmx.com, cisco",
        "in1-smtp.messagingengine.com, fastmail",
        "w0123456.kasserver.com, all-inkl",
        "inbound-smtp.eu-west-1.amazonaws.com, amazon",
        // look alike, and are others
        "evilgoogle.com,",
        "google.com.evil.example,",
        "mx.google.co,",
        "xn--ggle-0nda.com,",
        "google,",
        "com,",
        "ec2-192-0-2-1.eu-west-1.compute.amazonaws.com,",
        "notpphosted.com,",
        "protection-outlook.com,",
        "outlook.com,",
        "'',"
    })
    void anMxHostIsOfAProviderByWholeLabels(String host, String id) {
        assertThat(KNOWN.told(Evidence.MX_DOMAIN, List.of(host)).map(ProviderRule::id))
                .isEqualTo(Optional.ofNullable(id));
    }

    @Property
    void aLetterMoreInFrontOfASuffixMakesItAnother(@ForAll("suffixes") String suffix, @ForAll("labels") String label) {
        String id =
                KNOWN.told(Evidence.MX_DOMAIN, List.of(suffix)).orElseThrow().id();

        assertThat(KNOWN.told(Evidence.MX_DOMAIN, List.of(label + "." + suffix))
                        .orElseThrow()
                        .id())
                .isEqualTo(id);
        assertThat(KNOWN.told(Evidence.MX_DOMAIN, List.of(label + "-" + suffix)))
                .isEmpty();
        assertThat(KNOWN.told(Evidence.MX_DOMAIN, List.of(suffix + "." + label)))
                .isEmpty();
    }

    @Test
    void namesOfTwoProvidersTellNothing() {
        assertThat(KNOWN.told(Evidence.CERTIFICATE, List.of("mx.google.com", "mx.example.no")))
                .isPresent();
        assertThat(KNOWN.told(Evidence.CERTIFICATE, List.of("mx.google.com", "mx.example.no", "x.pphosted.com")))
                .isEmpty();
    }

    @Test
    void aCustomersMachineAtAHosterIsNotTheHostersMailService() {
        assertThat(KNOWN.told(Evidence.EHLO_NAME, List.of("static.1.2.0.192.clients.your-server.de")))
                .isEmpty();
        assertThat(KNOWN.told(Evidence.EHLO_NAME, List.of("ip-192-0-2-1.ip.secureserver.net")))
                .isEmpty();
        assertThat(KNOWN.told(Evidence.MX_DOMAIN, List.of("vps-1234.vps.ovh.net")))
                .isEmpty();
    }

    @Test
    void aProviderIsShownByItsNameAndAnythingElseAsItIs() {
        assertThat(KNOWN.displayName("microsoft-365")).isEqualTo("Microsoft 365 and Outlook");
        assertThat(KNOWN.displayName("hoster.example")).isEqualTo("hoster.example");
        assertThat(KNOWN.displayName("")).isEmpty();
        assertThat(KNOWN.kind("proofpoint")).hasValue(ProviderKind.GATEWAY);
        assertThat(KNOWN.kind("self-hosted")).isEmpty();
    }

    @Test
    void aFileIsReadWithItsVersion() {
        ProviderRules rules = read("""
                {"version": 7, "providers": [
                  {"id": "a-1", "name": "A", "kind": "HOSTING", "all": ["a.example"], "mx": ["b.example"]}]}
                """);

        assertThat(rules.version()).isEqualTo(7);
        assertThat(rules.told(Evidence.EHLO_NAME, List.of("x.a.example"))).isPresent();
        assertThat(rules.told(Evidence.EHLO_NAME, List.of("x.b.example"))).isEmpty();
        assertThat(rules.told(Evidence.MX_DOMAIN, List.of("x.b.example"))).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "|line 1",
                "nonsense|line 1",
                "null|no version",
                "{}|no version",
                "{'version': 0, 'providers': []}|no version",
                "{'version': 'one', 'providers': []}|line 1",
                "{'version': 1}|no list of providers",
                "{'version': 1, 'providers': []}|no list of providers",
                "{'version': 1, 'providers': [null]}|gap",
                "{'version': 1, 'rules': []}|rules",
                "{'version': 1, 'version': 2, 'providers': []}|version",
                "{'version': 1, 'providers': [{A, 'mx': ['a.com']}]} x|line 1",
                "{'version': 1, 'providers': [{A}]}|'a' has no suffix",
                "{'version': 1, 'providers': [{A, 'mx': []}]}|'a' has no suffix",
                "{'version': 1, 'providers': [{A, 'mx': ['a.com'], 'asn': [1]}]}|asn",
                "{'version': 1, 'providers': [{'id': 'a', 'kind': 'HOSTING', 'mx': ['a.com']}]}|'a' has no name",
                "{'version': 1, 'providers': [{'id': 'a', 'name': 'A', 'mx': ['a.com']}]}|'a' has no kind",
                "{'version': 1, 'providers': [{'id': 'a', 'name': 'A', 'kind': 'BAKER', 'mx': ['a.com']}]}|BAKER",
                "{'version': 1, 'providers': [{'id': 'a.b', 'name': 'A', 'kind': 'HOSTING', 'mx': ['a.com']}]}|'a.b'",
                "{'version': 1, 'providers': [{'id': 'self-hosted', 'name': 'A', 'kind': 'HOSTING', 'mx': ['a.com']}]}|'self-hosted'",
                "{'version': 1, 'providers': [{'name': 'A', 'kind': 'HOSTING', 'mx': ['a.com']}]}|an id is",
                "{'version': 1, 'providers': [{A, 'mx': ['a.com']}, {A, 'mx': ['b.com']}]}|'a' stands there twice",
                "{'version': 1, 'providers': [{A, 'mx': ['a.com']}, {B, 'mx': ['a.com']}]}|overlaps",
                "{'version': 1, 'providers': [{A, 'mx': ['a.com']}, {B, 'mx': ['x.a.com']}]}|overlaps",
                "{'version': 1, 'providers': [{A, 'mx': ['x.y.a.com']}, {B, 'all': ['a.com']}]}|overlaps",
                "{'version': 1, 'providers': [{A, 'all': ['a.com'], 'ehlo': ['a.com']}]}|overlaps",
                "{'version': 1, 'providers': [{A, 'mx': ['A.com']}]}|'A.com'",
                "{'version': 1, 'providers': [{A, 'mx': ['.a.com']}]}|'.a.com'",
                "{'version': 1, 'providers': [{A, 'mx': ['*.a.com']}]}|'*.a.com'",
                "{'version': 1, 'providers': [{A, 'mx': ['blåbær.no']}]}|'blåbær.no'",
                "{'version': 1, 'providers': [{A, 'mx': [null]}]}|'null'",
                "{'version': 1, 'providers': [{A, 'mx': ['com']}]}|'com'",
                "{'version': 1, 'providers': [{A, 'certificate': ['co.uk']}]}|'co.uk'"
            })
    void aFileThatCannotBeUsedIsRefusedInOneLineThatSaysWhereAndWhy(String text, String why) {
        String json = (text == null ? "" : text)
                .replace("{A", "{'id': 'a', 'name': 'A', 'kind': 'HOSTING'")
                .replace("{B", "{'id': 'b', 'name': 'B', 'kind': 'GATEWAY'")
                .replace('\'', '"');

        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(json))
                .satisfies(refused -> assertThat(refused.getMessage())
                        .startsWith("rules.json")
                        .contains(why)
                        .doesNotContain("\n"));
    }

    @Test
    void theSameSuffixMayTellOneProviderByNameAndAnotherByCertificate() {
        ProviderRules rules = read("""
                {"version": 1, "providers": [
                  {"id": "a", "name": "A", "kind": "HOSTING", "certificate": ["x.example"]},
                  {"id": "b", "name": "B", "kind": "GATEWAY", "mx": ["x.example"]}]}
                """);

        assertThat(rules.told(Evidence.CERTIFICATE, List.of("x.example"))
                        .orElseThrow()
                        .id())
                .isEqualTo("a");
        assertThat(rules.told(Evidence.MX_DOMAIN, List.of("x.example"))
                        .orElseThrow()
                        .id())
                .isEqualTo("b");
    }

    @Provide
    Arbitrary<String> suffixes() {
        return Arbitraries.of(KNOWN.all().stream()
                .flatMap(rule -> rule.suffixes(Evidence.MX_DOMAIN).stream())
                .toList());
    }

    @Provide
    Arbitrary<String> labels() {
        return Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(8);
    }

    private static ProviderRules read(String json) {
        return ProviderRules.read(new ByteArrayInputStream(json.getBytes(UTF_8)), "rules.json");
    }
}
