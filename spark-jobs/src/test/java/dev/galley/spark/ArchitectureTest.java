package dev.galley.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.galley.spark.cli.Main;
import org.junit.jupiter.api.Test;

/** What the packages of this module may know, as their {@code package-info} says. */
class ArchitectureTest {
    private static final String ROOT = "dev.galley.spark.";
    private static final JavaClasses OURS = new ClassFileImporter()
            .importUrl(Main.class.getProtectionDomain().getCodeSource().getLocation());

    private final Architectures.LayeredArchitecture packages =
            Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers();

    @Test
    void packagesImportOnlyWhatTheySay() {
        room("sql");
        room("view", "sql");
        room("store");
        room("session", "sql", "store", "view");
        room("write.rule", "sql");
        room("write", "sql", "view", "write.rule");
        room("bronze.contract");
        room("bronze", "bronze.contract", "sql", "store", "view", "write");
        room("plan", "sql");
        room("audit", "sql", "write", "write.rule");
        room("definition", "bronze", "plan", "sql", "write", "write.rule");
        room("table", "definition", "plan", "view");
        room("run", "audit", "bronze", "definition", "plan", "sql", "store", "table", "view", "write");
        room("action", "audit", "definition", "plan", "run", "sql", "table", "view", "write");
        room("cli", "action", "audit", "definition", "plan", "run", "session");
        packages.ensureAllClassesAreContainedInArchitectureIgnoring("dev.galley.spark")
                .check(OURS);
    }

    private void room(String name, String... imports) {
        packages.layer(name).definedBy(ROOT + name);
        if (imports.length == 0) {
            packages.whereLayer(name).mayNotAccessAnyLayer();
        } else {
            packages.whereLayer(name).mayOnlyAccessLayers(imports);
        }
    }

    @Test
    void packagesHaveNoCycles() {
        SlicesRuleDefinition.slices()
                .matching(ROOT + "(**)")
                .should()
                .beFreeOfCycles()
                .check(OURS);
    }

    @Test
    void plansAndDefinitionsTouchNoLakehouse() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "plan", ROOT + "definition")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.galley.catalog..", ROOT + "store..", ROOT + "session..")
                .check(OURS);
    }

    @Test
    void plansStartNoSparkSession() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "plan")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.apache.spark.sql.SparkSession$Builder")
                .check(OURS);
    }
}
