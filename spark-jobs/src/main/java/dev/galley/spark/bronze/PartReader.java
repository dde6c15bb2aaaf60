package dev.galley.spark.bronze;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.galley.definition.table.Contract;
import dev.galley.spark.bronze.contract.RecordParser;
import dev.galley.spark.store.LandedPart;
import dev.galley.spark.store.SealedObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.jspecify.annotations.Nullable;

/** The rows of one part. At its end the object must turn out to be the one that was sealed. */
final class PartReader implements PartitionReader<InternalRow> {
    private static final int GZIP_BUFFER = 1 << 16;

    private final LandedPart part;
    private final RecordParser parser;
    private final SealedObject stored;
    private @Nullable Lines lines;
    private long line;
    private @Nullable InternalRow row;

    PartReader(LandedPart part, Contract contract, Configuration hadoop) {
        this.part = part;
        this.parser = new RecordParser(contract, part.batch(), part.name());
        this.stored = SealedObject.open(part, hadoop);
    }

    @Override
    public boolean next() {
        try {
            if (lines == null) {
                lines = new Lines(inflated(), RecordParser.MAX_LINE);
            }
            if (!lines.next()) {
                end(Long.toString(line));
                return false;
            }
        } catch (IOException e) {
            stored.verify(e);
            throw stored.corrupt("it is as sealed, but cannot be decompressed: " + e.getMessage(), e);
        }
        if (line == part.records()) {
            end("more");
        }
        line++;
        row = lines.isTooLong()
                ? parser.tooLong(lines.length(), line)
                : parser.parse(lines.buffer(), lines.start(), lines.end(), line);
        return true;
    }

    @Override
    public InternalRow get() {
        return Objects.requireNonNull(row, "next() comes first");
    }

    @Override
    public void close() throws IOException {
        stored.close();
    }

    private InputStream inflated() throws IOException {
        if (part.uri().endsWith(".zst")) {
            return new ZstdInputStreamNoFinalizer(stored, RecyclingBufferPool.INSTANCE);
        }
        return part.uri().endsWith(".gz") ? new GZIPInputStream(stored, GZIP_BUFFER) : stored;
    }

    private void end(String found) {
        stored.verify(null);
        if (!found.equals(Long.toString(part.records()))) {
            throw stored.corrupt("it holds " + found + " lines, its seal says " + part.records(), null);
        }
    }
}
