package dev.galley.spark.bronze;

import com.github.luben.zstd.ZstdOutputStream;
import dev.galley.definition.PipelineReader;
import dev.galley.definition.table.BronzeTable;
import dev.galley.definition.table.ColumnSource;
import dev.galley.definition.table.Contract;
import dev.galley.definition.table.Contract.Names;
import dev.galley.definition.table.Contract.OnMisfit;
import dev.galley.definition.table.Contract.UnknownFields;
import dev.galley.definition.table.TableName;
import dev.galley.spark.SharedSpark;
import dev.galley.spark.store.LandedPart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Landed parts in a folder, as an ingest would have left them, and what is read of them. */
public final class LandedFiles {
    static final String FETCHED_AT = "2026-11-21T03:04:05.678901Z";

    private LandedFiles() {}

    /** A contract of columns like {@code "order_id: string!"}; the mark says required. */
    public static Contract contract(UnknownFields unknownFields, String... columns) {
        return new Contract(
                Arrays.stream(columns).map(LandedFiles::column).toList(),
                Names.AS_WRITTEN,
                unknownFields,
                OnMisfit.QUARANTINE);
    }

    /** The contract of a bronze file that says what {@code yaml} says beside {@code from}. */
    static Contract declared(Path parent, String yaml) {
        Path folder = parent.resolve("pipeline");
        try {
            Path bronze = Files.createDirectories(folder.resolve("bronze"));
            Files.writeString(folder.resolve("pipeline.yml"), "{name: p, owner: me}");
            Files.writeString(folder.resolve("sources.yml"), """
                    sources:
                      api:
                        kind: rest
                        base_url: http://x
                        resources:
                          parents: {path: /p}
                          things: {path: "/p/{id}/{shopNo}", for_each: {resource: parents, fields: [id, shopNo]}}
                    """);
            Files.writeString(bronze.resolve("things.yml"), "from: {source: api, resource: things}\n" + yaml);
            BronzeTable table = (BronzeTable) PipelineReader.readOffline(folder)
                    .table(new TableName("bronze", "things"))
                    .orElseThrow();
            return table.contract();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Contract contract(String... columns) {
        return contract(UnknownFields.KEEP, columns);
    }

    public static byte[] envelope(String record) {
        return utf8("{\"page\":1,\"index\":0,\"fetched_at\":\"" + FETCHED_AT + "\",\"record\":" + record + "}");
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Writes the lines as one part; the ending of the name chooses the compression. */
    public static LandedPart part(Path folder, String name, long batch, List<byte[]> lines) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (OutputStream out = compressed(name, bytes)) {
                for (byte[] line : lines) {
                    out.write(line);
                    out.write('\n');
                }
            }
            Path file = Files.write(folder.resolve(name), bytes.toByteArray());
            return new LandedPart(
                    file.toUri().toString(), batch, name, lines.size(), bytes.size(), sha256(bytes.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is read of the records, in order. */
    static List<Row> rows(Path folder, Contract contract, String... records) {
        return rows(
                folder,
                contract,
                Arrays.stream(records).map(LandedFiles::envelope).toList());
    }

    static List<Row> rows(Path folder, Contract contract, List<byte[]> lines) {
        return dataset(folder, contract, lines).collectAsList();
    }

    static Dataset<Row> dataset(Path folder, Contract contract, List<byte[]> lines) {
        LandedPart part = part(folder, "part-00000.ndjson.zst", 7, lines);
        return LandedBatches.read(SharedSpark.session(), contract, List.of(part));
    }

    /** The reasons of a refused row, each as {@code check: detail}. */
    public static List<String> reasons(Row row) {
        if (row.isNullAt(row.fieldIndex("_errors"))) {
            return List.of();
        }
        return row.<Row>getList(row.fieldIndex("_errors")).stream()
                .map(reason -> reason.getString(0) + ": " + reason.getString(1))
                .toList();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OutputStream compressed(String name, OutputStream out) throws IOException {
        if (name.endsWith(".zst")) {
            return new ZstdOutputStream(out);
        }
        return name.endsWith(".gz") ? new GZIPOutputStream(out) : out;
    }

    private static Contract.Column column(String text) {
        int colon = text.indexOf(':');
        boolean required = text.endsWith("!");
        String type =
                text.substring(colon + 1, text.length() - (required ? 1 : 0)).strip();
        return new Contract.Column(
                text.substring(0, colon),
                type,
                required,
                false,
                Optional.empty(),
                Contract.From.RECORD,
                ColumnSource.PLAIN,
                Map.of());
    }
}
