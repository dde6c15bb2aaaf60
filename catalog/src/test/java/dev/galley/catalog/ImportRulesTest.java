package dev.galley.catalog;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ImportRulesTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.galley.catalog");

    @Test
    void sparkIsNeverSeen() {
        assertThat(classes).isNotEmpty();
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.spark..",
                        "scala..",
                        "dev.galley.landing..",
                        "dev.galley.store..",
                        "dev.galley.local..")
                .check(classes);
    }

    @Test
    void ledgerKnowsNothingOfPublicationAndNoPackagesFormACycle() {
        noClasses()
                .that()
                .resideInAPackage("dev.galley.catalog.ledger")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.galley.catalog.wap", "org.apache.iceberg..")
                .check(classes);
        slices().matching("dev.galley.(**)").should().beFreeOfCycles().check(classes);
    }
}
