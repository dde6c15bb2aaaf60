package dev.galley.store;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    private static final JavaClasses GALLEY = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.galley");

    @Test
    void storeKnowsLandingSpecAndItsClientOnly() {
        classes()
                .that()
                .resideInAPackage("dev.galley.store..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.net.ssl..",
                        "dev.galley.store..",
                        "dev.galley.landing..",
                        "dev.galley.definition..",
                        "io.minio..",
                        "okhttp3..",
                        "kotlin..",
                        "dev.failsafe..",
                        "org.jspecify.annotations..")
                .check(GALLEY);
    }

    @Test
    void minioIsSeenInStoreOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.galley.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.minio..", "okhttp3..")
                .check(GALLEY);
    }
}
