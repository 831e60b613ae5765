package org.mailpulse.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainNamesTest {
    @ParameterizedTest
    @CsvSource({
        "example.no, no, no, example.no",
        "mail.example.no, no, no, example.no",
        "a.b.c.example.com, com, com, example.com",
        "mail.ministry.gov.uk, uk, gov.uk, ministry.gov.uk",
        "shop.co.uk, uk, co.uk, shop.co.uk",
        "co.uk, uk, co.uk, co.uk",
        "post.oslo.kommune.no, no, kommune.no, oslo.kommune.no",
        "kommune.no, no, kommune.no, kommune.no",
        "no, no, no, no",
        "www.nhs.uk, uk, nhs.uk, www.nhs.uk",
        "mx.example.ltd.uk, uk, ltd.uk, example.ltd.uk",
        "mail.example.com.br, br, com.br, example.com.br",
        "mail.example.k12.ca.us, us, k12.ca.us, example.k12.ca.us",
        "example.kobe.jp, jp, example.kobe.jp, example.kobe.jp",
        "mx.city.kobe.jp, jp, kobe.jp, city.kobe.jp",
        // the private section of the list: what its operator hands out to strangers
        "someone.github.io, io, github.io, someone.github.io",
        "github.io, io, github.io, github.io",
        "shop.uk.com, com, uk.com, shop.uk.com",
        // IDN: A-labels, also in the suffix
        "by.xn--vler-qoa.hedmark.no, no, xn--vler-qoa.hedmark.no, by.xn--vler-qoa.hedmark.no",
        "mx.xn--55qx5d.cn, cn, xn--55qx5d.cn, mx.xn--55qx5d.cn",
        "a.b.xn--55qx5d.cn, cn, xn--55qx5d.cn, b.xn--55qx5d.cn",
        "mx.foo.xn--fiqs8s, xn--fiqs8s, xn--fiqs8s, foo.xn--fiqs8s",
        "xn--blbr-roah.no, no, no, xn--blbr-roah.no",
        "mx.by.xn--lesund-hua.no, no, xn--lesund-hua.no, by.xn--lesund-hua.no",
        "mx.foo.xn--p1ai, xn--p1ai, xn--p1ai, foo.xn--p1ai",
        // a wildcard rule and its exception
        "a.b.foo.ck, ck, foo.ck, b.foo.ck",
        "mx.www.ck, ck, ck, www.ck",
        // names that are no host names
        "_dmarc.example.no, no, no, example.no",
        "_25._tcp.mx.shop.co.uk, uk, co.uk, shop.co.uk",
        "a_b.shop.co.uk, uk, co.uk, shop.co.uk",
        // top-level domains that the list does not know
        "mx.gov.quux, quux, quux, gov.quux",
        "quux, quux, quux, quux"
    })
    void followThePublicSuffixList(String name, String tld, String suffix, String registrable) {
        assertThat(DomainNames.tld(name)).isEqualTo(tld);
        assertThat(DomainNames.publicSuffix(name)).isEqualTo(suffix);
        assertThat(DomainNames.registrable(name)).isEqualTo(registrable);
    }

    @Property(tries = 2000)
    void holdForAnyTextThatDnsMayBringForth(@ForAll String name) {
        assertThat(name).endsWith(DomainNames.tld(name));
        assertThat(DomainNames.registrable(name)).endsWith(DomainNames.publicSuffix(name));
        assertThat(name).endsWith(DomainNames.registrable(name));
    }
}
