package dev.galley.catalog.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.inmemory.InMemoryInputFile;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;

/** Files in memory, for the life of the thread that opens the catalog. */
public final class SimulatedFileIO implements FileIO {
    /** Whose files the next catalog that this thread opens will use. */
    static final ThreadLocal<Life> OPENING = new ThreadLocal<>();

    private static final long serialVersionUID = 1L;

    private transient @Nullable Life life;

    /** Called by Iceberg, by name. */
    public SimulatedFileIO() {}

    @Override
    public void initialize(Map<String, String> properties) {
        life = OPENING.get();
    }

    private Life life() {
        return Objects.requireNonNull(life, "not initialized");
    }

    @Override
    public InputFile newInputFile(String location) {
        byte[] bytes = life().files().get(location);
        if (bytes == null) {
            throw new NotFoundException("No file at %s", location);
        }
        return new Input(new InMemoryInputFile(location, bytes));
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new Output(location);
    }

    @Override
    public void deleteFile(String location) {
        try {
            life().store(() -> life().files().remove(location));
        } catch (IOException e) {
            throw new RuntimeIOException(e);
        }
    }

    private final class Input implements InputFile {
        private final InputFile file;

        Input(InputFile file) {
            this.file = file;
        }

        @Override
        public SeekableInputStream newStream() {
            try {
                life().fetch();
            } catch (IOException e) {
                throw new RuntimeIOException(e);
            }
            return file.newStream();
        }

        @Override
        public long getLength() {
            return file.getLength();
        }

        @Override
        public String location() {
            return file.location();
        }

        @Override
        public boolean exists() {
            return file.exists();
        }
    }

    private final class Output implements OutputFile {
        private final String location;

        Output(String location) {
            this.location = location;
        }

        @Override
        public PositionOutputStream create() {
            if (life().files().containsKey(location)) {
                throw new AlreadyExistsException("File exists: %s", location);
            }
            return createOrOverwrite();
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            return new Stream(location);
        }

        @Override
        public String location() {
            return location;
        }

        @Override
        public InputFile toInputFile() {
            return newInputFile(location);
        }
    }

    /** A file appears whole, when it is closed. */
    private final class Stream extends PositionOutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final String location;
        private boolean closed;

        Stream(String location) {
            this.location = location;
        }

        @Override
        public long getPos() {
            return bytes.size();
        }

        @Override
        public void write(int b) {
            bytes.write(b);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            bytes.write(from, offset, length);
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                life().store(() -> life().files().put(location, bytes.toByteArray()));
            }
        }
    }
}
