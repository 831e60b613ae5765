package org.mailpulse.model.verdict;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import org.mailpulse.model.Schema;

/** The versions of docs/methodology.md by which facts can be judged. */
public enum Method {
    /** The provider is told by the MX host's registrable domain alone. */
    V1(1),
    /** The provider is told by certificate, EHLO name and MX domain, with the rules of {@link ProviderRules}. */
    V2(2);

    /** The one that is used unless another is asked for: {@link Schema#METHOD}. */
    public static final Method PRESENT = of(Schema.METHOD);

    private final int version;

    Method(int version) {
        this.version = version;
    }

    /** What rows bear as {@code method_version}. */
    public int version() {
        return version;
    }

    /** @throws IllegalArgumentException naming the versions that there are */
    public static Method of(int version) {
        return Arrays.stream(values())
                .filter(method -> method.version == version)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no version " + version + " of the method; known are " + known()));
    }

    private static String known() {
        return Arrays.stream(values())
                .map(method -> String.valueOf(method.version))
                .collect(joining(", "));
    }
}
