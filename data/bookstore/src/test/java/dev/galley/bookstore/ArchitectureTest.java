package dev.galley.bookstore;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each package may import, as its package-info says. */
class ArchitectureTest {
    private static final String ROOT = "dev.galley.bookstore";
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @ParameterizedTest
    @CsvSource({
        "world.chance,",
        "world.tax, world.chance",
        "world, world.chance world.tax",
        "list, world world.chance world.tax",
        "resource, list world world.chance world.tax",
        "fault, list world world.chance world.tax",
        "server, resource list fault world world.chance world.tax",
        "oracle, world world.chance world.tax",
    })
    void knowsNoPackageOfOursBut(String name, String known) {
        String[] allowed = Stream.concat(
                        Stream.of(name), Arrays.stream(known == null ? new String[0] : known.split(" ")))
                .map(each -> ROOT + "." + each)
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(ROOT + "." + name)
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage("dev.galley..").or(resideInAnyPackage(allowed)))
                .check(OURS);
    }

    @Test
    void onlyTheServerAndTheFaultsKnowHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".server", ROOT + ".fault")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
                .check(OURS);
    }

    @Test
    void recordsAndMartsAreComputedByTheJdkAlone() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".world.chance", ROOT + ".world.tax", ROOT + ".oracle")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml..", "io.javalin..", "picocli..")
                .check(OURS);
    }

    @Test
    void packagesHaveNoCycles() {
        SlicesRuleDefinition.slices()
                .matching(ROOT + ".(**)")
                .should()
                .beFreeOfCycles()
                .check(OURS);
    }
}
