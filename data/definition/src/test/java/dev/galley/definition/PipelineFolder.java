package dev.galley.definition;

import dev.galley.definition.yaml.DefinitionException;
import dev.galley.definition.yaml.FileLocation;
import dev.galley.definition.yaml.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A small sound pipeline on disk, to be read as it is or spoiled first. */
public final class PipelineFolder {
    static final Map<String, String> ENVIRONMENT = Map.of("API_URL", "http://localhost:8080");

    private static final Map<String, String> FILES = Map.of(
            "pipeline.yml",
            """
            name: shop
            owner: data team
            """,
            "sources.yml",
            """
            sources:
              api:
                kind: rest
                base_url: ${env:API_URL}
                resources:
                  sales:
                    path: /sales
                    before: [shops]
                  shops:
                    path: /shops
                    records: /data
                    paginate: {style: link}
                    incremental: {parameter: since, watermark_header: X-Watermark}
            """,
            "bronze/sales.yml",
            """
            from: {source: api, resource: sales}
            columns:
              sale_id: {type: string, required: true}
              shop_id: {type: string}
              amount: {type: "decimal(18,2)"}
            checks:
              - not_null: [sale_id]
            """,
            "bronze/shops.yml",
            """
            from: {source: api, resource: shops}
            columns:
              shop_id: {type: string, required: true}
            """,
            "silver/sales.sql",
            """
            /*
            write: {mode: merge, key: [sale_id], version: version}
            incremental: {new_rows_of: bronze.sales}
            partition: [days(sold_at)]
            checks:
              - unique: [sale_id]
              - relationships: {column: shop_id, to: silver.shops.shop_id, on_fail: quarantine}
            quarantine: {warn: "1 %", block: "10 %"}
            */
            SELECT * FROM bronze.sales
            """,
            "silver/shops.sql",
            """
            /*
            write: {mode: replace}
            */
            SELECT * FROM bronze.shops
            """,
            "gold/daily.sql",
            """
            /*
            write: {mode: replace_partitions}
            incremental:
              affected: {day: [silver.sales.day]}
            partition: [day]
            */
            SELECT day, sum(amount) AS amount FROM silver.sales GROUP BY day
            """,
            "checks/no_orphans.sql",
            """
            /*
            description: Every sale has a shop.
            tables: [silver.sales]
            severity: warn
            */
            SELECT * FROM silver.sales ANTI JOIN silver.shops USING (shop_id)
            """);

    private final Path folder;

    private PipelineFolder(Path folder) {
        this.folder = folder;
    }

    static PipelineFolder in(Path folder) {
        PipelineFolder pipeline = new PipelineFolder(folder);
        FILES.forEach(pipeline::with);
        return pipeline;
    }

    static Set<String> files() {
        return FILES.keySet();
    }

    public static String text(String file) {
        return FILES.getOrDefault(file, "");
    }

    PipelineFolder with(String file, String text) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file with {@code part}, which it must hold, replaced. */
    PipelineFolder with(String file, String part, String replacement) {
        String text = text(file);
        if (!text.contains(part)) {
            throw new IllegalArgumentException(file + " does not hold: " + part);
        }
        return with(file, text.replace(part, replacement));
    }

    PipelineFolder without(String file) {
        try {
            Files.delete(folder.resolve(file));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Pipeline read(Map<String, String> environment) {
        return PipelineReader.read(folder, environment);
    }

    /** What is wrong, with files relative to the folder. */
    List<String> problems() {
        return problems(ENVIRONMENT);
    }

    List<String> problems(Map<String, String> environment) {
        try {
            read(environment);
            return List.of();
        } catch (DefinitionException e) {
            return e.problems().stream()
                    .map(p -> new Problem(
                                    new FileLocation(
                                            folder.relativize(p.place().file()),
                                            p.place().line()),
                                    p.message())
                            .toString())
                    .toList();
        }
    }
}
