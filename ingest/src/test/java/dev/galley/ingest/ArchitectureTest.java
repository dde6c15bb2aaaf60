package dev.galley.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.File;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What this module may know. */
class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.galley.ingest");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.spark..",
                "org.apache.hadoop..",
                "org.apache.iceberg..",
                "io.minio..",
                "dev.galley.catalog.."
            })
    void knowsNothingOf(String packages) {
        noClasses().should().dependOnClassesThat().resideInAPackage(packages).check(OURS);
    }

    @Test
    void startsWithoutSparkHadoopAndIcebergOnItsClassPath() {
        assertThat(Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(entry -> new File(entry).getName()))
                .isNotEmpty()
                .noneMatch(name -> name.matches("(spark|hadoop|iceberg|scala|s3proxy)-.*"));
    }

    /** Mirrors what each package-info says that its room may import. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    land               | cli source.rest source.rest.http source.rest.json source.rest.paging
                    source             | cli land source.rest source.rest.http source.rest.json source.rest.paging
                    source.rest        | cli land
                    source.rest.paging | cli land source.rest
                    source.rest.http   | cli land source.rest source.rest.paging
                    source.rest.json   | cli land source.rest source.rest.paging source.rest.http
                    """)
    void roomsDoNotKnow(String room, String others) {
        noClasses()
                .that()
                .resideInAPackage("dev.galley.ingest." + room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Arrays.stream(others.split(" ", -1))
                        .map(other -> "dev.galley.ingest." + other)
                        .toArray(String[]::new))
                .check(OURS);
    }

    @Test
    void sourcesDoNotKnowTheStore() {
        noClasses()
                .that()
                .resideInAPackage("..ingest.source..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.galley.local..", "dev.galley.store..")
                .check(OURS);
    }

    @Test
    void onlyRestSourcesSpeakHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..ingest.source.rest..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("okhttp3..", "java.net.http..")
                .check(OURS);
    }

    @Test
    void packagesHaveNoCycles() {
        SlicesRuleDefinition.slices()
                .matching("dev.galley.ingest.(**)")
                .should()
                .beFreeOfCycles()
                .check(OURS);
    }
}
