package dev.galley.catalog;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What each package of this module may know, as its {@code package-info} says. */
class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.galley.catalog");

    @Test
    void sparkAndTheLandingAreNeverSeen() {
        assertThat(OURS).isNotEmpty();
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.spark..",
                        "scala..",
                        "dev.galley.landing..",
                        "dev.galley.store..",
                        "dev.galley.local..")
                .check(OURS);
    }

    @Test
    void theCatalogKnowsNothingOfRuns() {
        noClasses()
                .that()
                .resideInAPackage("dev.galley.catalog")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.galley.catalog.run")
                .check(OURS);
        slices().matching("dev.galley.(**)").should().beFreeOfCycles().check(OURS);
    }
}
