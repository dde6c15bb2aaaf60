package dev.galley.oracle;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each package may know, as its {@code package-info} says. */
class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.galley.oracle");

    @ParameterizedTest
    @CsvSource({"oracle.pipeline, oracle.pipeline", "oracle, oracle.pipeline", "oracle.generator, oracle.pipeline"})
    void knowsItselfAnd(String subject, String other) {
        classes()
                .that()
                .resideInAPackage("dev.galley." + subject)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "dev.galley." + subject, "dev.galley." + other)
                .check(OURS);
    }
}
