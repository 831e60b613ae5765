package org.mailpulse.model.verdict;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailpulse.model.verdict.Provider.Evidence;

/**
 * The providers that are known by name, from {@code providers.json}. Immutable; no suffix of one provider lies within one
 * of another in the same kind of evidence, so that a name never tells two.
 *
 * <p>The laboratory's providers stand in a file of their own, and only under top-level domains that RFC 2606 keeps from the
 * real Internet: what is measured there goes through the same rules as everything else, and no real domain can be meant.
 */
public final class ProviderRules {
    private static final List<String> LABORATORY_TLDS = List.of("example", "test");

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(RuleFile.class);

    private record RuleFile(Integer version, List<ProviderRule> providers) {}

    /** Loaded when first asked for. */
    private static final class Known {
        static final ProviderRules RULES = load("providers.json").and(load("laboratory-providers.json"));
    }

    private final int version;
    private final Map<String, ProviderRule> byId = new LinkedHashMap<>();
    private final Map<Evidence, Map<String, ProviderRule>> bySuffix = new EnumMap<>(Evidence.class);
    /** Of all suffixes: most names can be passed over by one look. */
    private final Set<String> endings = new HashSet<>();

    private ProviderRules(int version, List<ProviderRule> rules) {
        this.version = version;
        for (ProviderRule rule : rules) {
            if (byId.put(rule.id(), rule) != null) {
                throw new IllegalArgumentException("provider '" + rule.id() + "' stands there twice");
            }
        }
        for (Evidence evidence : Evidence.values()) {
            bySuffix.put(evidence, index(evidence, rules));
            bySuffix.get(evidence).keySet().forEach(suffix -> endings.add(ending(suffix)));
        }
    }

    /** Those of the present method. */
    public static ProviderRules known() {
        return Known.RULES;
    }

    /**
     * @param where for messages
     * @throws IllegalArgumentException if the file cannot be used; says where and why in one line
     */
    public static ProviderRules read(InputStream json, String where) {
        try {
            RuleFile file = READER.readValue(json);
            if (file == null || file.version() == null || file.version() < 1) {
                throw new IllegalArgumentException("there is no version, a number from 1 on");
            }
            if (file.providers() == null
                    || file.providers().isEmpty()
                    || file.providers().contains(null)) {
                throw new IllegalArgumentException("there is no list of providers, or a gap in it");
            }
            return new ProviderRules(file.version(), file.providers());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(where + line(e) + ": " + reason(e), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(where + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Of {@code providers.json}; raised with every change of it. */
    public int version() {
        return version;
    }

    public Collection<ProviderRule> all() {
        return List.copyOf(byId.values());
    }

    /** @param provider as verdicts bear it; an id that is not known, a domain or the like is given back as it is */
    public String displayName(String provider) {
        ProviderRule rule = byId.get(provider);
        return rule == null ? provider : rule.name();
    }

    /** @param provider as verdicts bear it */
    public Optional<ProviderKind> kind(String provider) {
        return Optional.ofNullable(byId.get(provider)).map(ProviderRule::kind);
    }

    /** Whom the names tell; nobody if they are of two providers: then they tell nothing. */
    Optional<ProviderRule> told(Evidence evidence, Collection<String> names) {
        Map<String, ProviderRule> suffixes = bySuffix.get(evidence);
        ProviderRule found = null;
        for (String name : names) {
            ProviderRule rule = endings.contains(ending(name)) ? match(suffixes, name) : null;
            if (rule != null && found != null && rule != found) {
                return Optional.empty();
            }
            found = rule == null ? found : rule;
        }
        return Optional.ofNullable(found);
    }

    /** The last two labels, which each suffix has at least. */
    private static String ending(String name) {
        int last = name.lastIndexOf('.');
        return name.substring(name.lastIndexOf('.', last - 1) + 1);
    }

    /** By whole labels: {@code evilgoogle.com} is not {@code google.com}. */
    private static ProviderRule match(Map<String, ProviderRule> suffixes, String name) {
        String rest = name;
        while (true) {
            ProviderRule rule = suffixes.get(rest);
            int dot = rest.indexOf('.');
            if (rule != null || dot < 0) {
                return rule;
            }
            rest = rest.substring(dot + 1);
        }
    }

    private static Map<String, ProviderRule> index(Evidence evidence, List<ProviderRule> rules) {
        Map<String, ProviderRule> index = new HashMap<>();
        for (ProviderRule rule : rules) {
            for (String suffix : rule.suffixes(evidence)) {
                ProviderRule other = index.put(suffix, rule);
                if (other != null) {
                    throw overlap(evidence, suffix, rule, other);
                }
            }
        }
        index.forEach((suffix, rule) -> {
            int dot = suffix.indexOf('.');
            ProviderRule above = match(index, suffix.substring(dot + 1));
            if (above != null) {
                throw overlap(evidence, suffix, rule, above);
            }
        });
        return Map.copyOf(index);
    }

    private static IllegalArgumentException overlap(
            Evidence evidence, String suffix, ProviderRule one, ProviderRule other) {
        return new IllegalArgumentException("provider '" + one.id() + "': '" + suffix + "' overlaps with a suffix of '"
                + other.id() + "' for evidence " + evidence);
    }

    private ProviderRules and(ProviderRules laboratory) {
        Set<String> outside = new HashSet<>();
        for (Map<String, ProviderRule> suffixes : laboratory.bySuffix.values()) {
            suffixes.keySet().stream()
                    .filter(suffix -> !LABORATORY_TLDS.contains(DomainNames.tld(suffix)))
                    .forEach(outside::add);
        }
        if (!outside.isEmpty()) {
            throw new IllegalArgumentException("rules of the laboratory for names that may be real: " + outside);
        }
        List<ProviderRule> both = new ArrayList<>(byId.values());
        both.addAll(laboratory.byId.values());
        return new ProviderRules(version, both);
    }

    private static ProviderRules load(String resource) {
        try (InputStream json = ProviderRules.class.getResourceAsStream(resource)) {
            if (json == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return read(json, resource);
        } catch (IOException e) {
            throw new IllegalStateException(resource + " cannot be read", e);
        }
    }

    private static String line(JsonProcessingException e) {
        return e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
    }

    private static String reason(JsonProcessingException e) {
        String message =
                e.getCause() instanceof IllegalArgumentException ours ? ours.getMessage() : e.getOriginalMessage();
        return message == null ? "not JSON" : message.lines().findFirst().orElse("not JSON");
    }
}
