package dev.galley.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableFolderTest {
    @ParameterizedTest
    @CsvSource({
        "s3://b/w/silver/t, s3a://b/w/silver/t/, true",
        "s3n://b/w/silver/t, s3://b/w/silver/t/data, true",
        "s3://b/w/silver, s3a://b/w/silver/t, true",
        "s3://b/w/silver/t, s3://b/w/silver/t_old, false",
        "s3://b/w/silver/t, s3://c/w/silver/t, false",
        "file:///w/t, file:/w/t, true",
        "/w/t, file:/w/t/x, true",
    })
    void placesAreComparedByWhatTheyAreNotHowTheyAreSpelled(String one, String other, boolean overlap) {
        assertThat(TableFolder.of(one).overlaps(TableFolder.of(other))).isEqualTo(overlap);
        assertThat(TableFolder.of(other).overlaps(TableFolder.of(one))).isEqualTo(overlap);
    }

    @Test
    void placeIsToldByAMetadataFileWhereIcebergPutsOne() {
        assertThat(TableFolder.ofMetadata("s3a://b/w/t/metadata/00001-x.metadata.json"))
                .contains(TableFolder.of("s3://b/w/t"));
        assertThat(TableFolder.ofMetadata("s3://b/w/t/metadata/00001-x.gz.metadata.json"))
                .contains(TableFolder.of("s3://b/w/t"));
        assertThat(TableFolder.ofMetadata("s3://b/elsewhere/00001-x.metadata.json"))
                .isEmpty();
        assertThat(TableFolder.of("s3://b/w/t").holds("s3a://b/w/t/data/1.parquet"))
                .isTrue();
        assertThat(TableFolder.of("s3://b/w/t").holds("s3a://b/w/t2/data/1.parquet"))
                .isFalse();
    }
}
