package dev.galley.definition;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What this module may know, as its {@code package-info} files say it. */
class ArchitectureTest {
    private static final String PACKAGE = "dev.galley.definition";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(Pipeline.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void theModuleKnowsJavaYamlAndJsonsAnnotationsOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.yaml.snakeyaml..",
                        "org.jspecify..",
                        "com.fasterxml.jackson.annotation..",
                        PACKAGE + "..")
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"settings", "source", "table"})
    void onePartKnowsYamlOnly(String part) {
        classes()
                .that()
                .resideInAPackage(PACKAGE + "." + part)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "com.fasterxml.jackson.annotation..",
                        PACKAGE + ".failure",
                        PACKAGE + ".yaml",
                        PACKAGE + "." + part)
                .check(CLASSES);
    }

    @Test
    void yamlKnowsOnlyWhatAFailureIs() {
        classes()
                .that()
                .resideInAPackage(PACKAGE + ".yaml")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "org.yaml.snakeyaml..", "org.jspecify..", PACKAGE + ".failure", PACKAGE + ".yaml")
                .check(CLASSES);
    }

    @Test
    void aFailureKnowsNothingOfGalley() {
        classes()
                .that()
                .resideInAPackage(PACKAGE + ".failure")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", PACKAGE + ".failure")
                .check(CLASSES);
    }

    @Test
    void thePipelineKnowsNoSettings() {
        classes()
                .that()
                .resideInAPackage(PACKAGE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        PACKAGE,
                        PACKAGE + ".failure",
                        PACKAGE + ".yaml",
                        PACKAGE + ".source",
                        PACKAGE + ".table")
                .check(CLASSES);
    }
}
