package dev.galley.catalog;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.iceberg.Files;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/** The local disk without Hadoop, which starts a process for the rights of each file. Made by Iceberg, by name. */
public final class LocalFiles implements FileIO {
    private static final long serialVersionUID = 1L;

    /** Called by Iceberg. */
    public LocalFiles() {}

    @Override
    public InputFile newInputFile(String path) {
        return Files.localInput(path);
    }

    @Override
    public OutputFile newOutputFile(String path) {
        return Files.localOutput(path);
    }

    @Override
    public void deleteFile(String path) {
        try {
            java.nio.file.Files.deleteIfExists(Path.of(path));
        } catch (IOException e) {
            throw new RuntimeIOException(e);
        }
    }
}
