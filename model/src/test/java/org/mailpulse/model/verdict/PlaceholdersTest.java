package org.mailpulse.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CN=localhost",
                "CN=LOCALHOST.localdomain,O=x",
                "CN=demo",
                "CN=demo.example,O=Anything",
                "CN=mail,O=Demo",
                "O=Internet Widgits Pty Ltd,ST=Some-State,C=AU",
                "CN=x,O=SomeOrganization,L=SomeCity",
                "CN=x,O=Some-Organization",
                "O=Default Company Ltd,L=Default City,C=XX",
                "O=Acme Co",
                "CN=ca,O=Snake Oil\\, Ltd",
                "CN=ca,O=SnakeOil",
                "CN=Snakeoil CA",
                "CN=www.snake oil.com",
                "CN=mail.example.com",
                "CN=example.org",
                "CN=imap.example.net,OU=IMAP server",
                "CN=TRAEFIK DEFAULT CERT",
                "CN=Kubernetes Ingress Controller Fake Certificate,O=Acme Co",
                "CN=Plesk,O=Plesk",
                "CN=host,O=Dovecot mail server",
                "CN=host,OU=Dovecot mail server",
                "CN=test",
                "O=changeme",
                "CN=a+O=Demo,C=NO"
            })
    void defaultsAndDemonstrationsAreKnownByTheirNames(String name) {
        assertThat(Placeholders.names(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "CN=mx.example.no",
                "CN=R11,O=Let's Encrypt,C=US",
                "CN=demo.bank.no",
                "CN=democracy.no,O=Democracy Institute",
                "O=Demo Consulting AS",
                "CN=localhost.example.no",
                "CN=mylocalhost",
                "CN=test.no",
                "CN=latest",
                "O=Testing Ltd",
                "CN=example.com.no",
                "CN=myexample.com",
                "CN=defaults.no,O=Default Risk AS",
                "CN=mail.acme.com,O=Acme Corporation",
                "CN=plesk.hoster.no",
                "CN=real.no,O=Weird\\,CN=localhost",
                "CN=real.no,O=Weird\\+O=Demo",
                "CNAME=localhost",
                "OU=x"
            })
    void honestNamesThatLookAlikeAreNotMistakenForThem(String name) {
        assertThat(Placeholders.names(name)).isFalse();
    }

    @Test
    void aMissingNameIsNoPlaceholder() {
        assertThat(Placeholders.names(null)).isFalse();
    }

    @Test
    void aHugeNameTakesNoTime() {
        String hostile = "CN=" + "snake ".repeat(20_000) + ",O=" + "a,".repeat(20_000);
        long start = System.nanoTime();

        assertThat(Placeholders.names(hostile)).isFalse();
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    }
}
