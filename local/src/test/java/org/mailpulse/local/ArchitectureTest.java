package org.mailpulse.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Data runs one way: which module may know which. The picture is in docs/architecture.md. */
class ArchitectureTest {
    private static final String ROOT = "org.mailpulse.";

    private static final Map<String, Set<String>> MAY_KNOW = Map.of(
            "model", Set.of(),
            "simulator", Set.of("model"),
            "broker", Set.of(),
            "survey", Set.of("model"),
            "probe", Set.of("model"),
            "engine", Set.of(),
            "warehouse", Set.of("model"),
            "stream", Set.of("model", "warehouse"),
            "site", Set.of("model", "warehouse"),
            "local",
                    Set.of("model", "simulator", "broker", "survey", "probe", "engine", "warehouse", "stream", "site"));

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.mailpulse");

    @TestFactory
    Stream<DynamicTest> eachModuleKnowsOnlyWhatStandsBeforeIt() {
        return MAY_KNOW.keySet().stream()
                .sorted()
                .map(module -> DynamicTest.dynamicTest(module, () -> {
                    assertThat(OURS.containPackage(ROOT + module)
                                    || OURS.stream().anyMatch(c -> module.equals(moduleOf(c))))
                            .as("module " + module + " is on the class path")
                            .isTrue();
                    String[] forbidden = MAY_KNOW.keySet().stream()
                            .filter(other -> !other.equals(module)
                                    && !MAY_KNOW.get(module).contains(other))
                            .map(other -> ROOT + other + "..")
                            .toArray(String[]::new);
                    if (forbidden.length > 0) {
                        noClasses()
                                .that()
                                .resideInAPackage(ROOT + module + "..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(forbidden)
                                .check(OURS);
                    }
                }));
    }

    @Test
    void everyClassBelongsToAKnownModule() {
        Set<String> seen = OURS.stream().map(ArchitectureTest::moduleOf).collect(Collectors.toCollection(TreeSet::new));
        seen.remove("testbed"); // real servers for tests, never part of the product

        assertThat(seen).isSubsetOf(MAY_KNOW.keySet());
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching(ROOT + "(*).(*)..").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void theModelDoesNoInputOrOutputAndKnowsNoClock() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.file..", "java.sql..", "io.netty..", "org.apache..")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(OURS);
    }

    @Test
    void nothingHidesInAPackageThatCouldHoldAnything() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..core..", "..helper..", "..misc..")
                .check(OURS);
    }

    @Test
    void onlyTheCommandLineEndsTheProcess() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Main")
                .and()
                .haveSimpleNameNotEndingWith("Main")
                .and()
                .haveSimpleNameNotEndingWith("Job")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(OURS);
    }

    private static String moduleOf(JavaClass type) {
        return type.getPackageName().substring(ROOT.length()).split("\\.")[0];
    }
}
