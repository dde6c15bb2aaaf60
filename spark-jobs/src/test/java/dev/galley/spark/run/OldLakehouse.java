package dev.galley.spark.run;

import dev.galley.spark.FolderFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A lakehouse that an older Galley wrote, as a zip file among the test resources: what its tables, ledger and landing hold must
 * be read by every later one. How it was written is {@link #write}; {@code lakehouses/README.md} says by which commit.
 */
final class OldLakehouse {
    private static final String MOUNT = "corner";

    private OldLakehouse() {}

    /** Unpacks a zip file of the test resources' folder {@code lakehouses} and opens what it holds. */
    static LocalLakehouse open(String zip, Path folder) {
        Path file = LocalLakehouse.resource("../lakehouses").resolve(zip);
        try (ZipInputStream entries = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path target = folder.resolve(entry.getName());
                Files.createDirectories(target.getParent());
                Files.copy(entries, target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return at(folder);
    }

    /** Three nights: the first load, a change of it, and one that is blocked. Returns the folder. */
    static Path write(Path folder) {
        try (LocalLakehouse house = at(folder)) {
            house.land("shops", shop("a", "Ulm", 1), shop("b", "Bonn", 1));
            house.land(
                    "sales",
                    sale("s1", "a", "2026-03-01", "10.00", "Ulm", 1),
                    sale("s2", "b", "2026-03-02", "20.00", "Bonn", 1),
                    sale("s3", "z", "2026-03-02", "7.00", "Kiel", 1), // waits for shop z
                    "{\"sale\": \"s0\", \"amount\": \"misfit\"}");
            house.run();
            house.land(
                    "sales",
                    sale("s1", "a", "2026-03-01", "11.00", "Ulm", 2),
                    sale("s4", "a", "2026-04-01", "4.00", "Ulm", 1),
                    sale("s5", "y", "2026-04-01", "5.00", "Kiel", 1)); // waits for shop y
            house.run();
            house.land("shops", shop("b", "Bern", 2));
            house.land("sales", sale("s6", "b", "2026-04-02", "60000.00", "Bern", 1));
            if (!(house.run() instanceof RunOutcome.Blocked)) {
                throw new IllegalStateException("The third night is not blocked: " + house.said());
            }
        }
        return folder;
    }

    static String shop(String shop, String town, int version) {
        return "{\"shop\": \"%s\", \"town\": \"%s\", \"version\": %d}".formatted(shop, town, version);
    }

    static String sale(String sale, String shop, String day, String amount, String city, int version) {
        return """
                {"sale": "%s", "shop": "%s", "day": "%s", "amount": %s, "version": %d, "colour": "red",
                 "buyer": {"name": "N. N.", "address": {"street": "Weg 1", "city": "%s"}},
                 "items": [{"no": 1, "goods": "tea", "price": 1.50}, {"no": 2, "goods": "cup", "price": 2.50}]}""".formatted(sale, shop, day, amount, version, city);
    }

    /** Writes a lakehouse anew: the folder to work in, which is empty, and the zip file. */
    public static void main(String[] arguments) throws IOException {
        Path folder = write(Path.of(arguments[0]));
        try (Stream<Path> files = Files.walk(folder);
                ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(Path.of(arguments[1])))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(OldLakehouse::isKept)
                    .sorted()
                    .toList()) {
                zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                Files.copy(file, zip);
            }
        }
    }

    /** The pipeline is the test resource itself. */
    private static boolean isKept(Path file) {
        return !file.toString().contains("/pipelines/") && !file.toString().contains("/spool/");
    }

    private static LocalLakehouse at(Path folder) {
        FolderFileSystem.mount(MOUNT, folder);
        return new LocalLakehouse(
                folder, LocalLakehouse.resource("../lakehouses/corner"), "folder://" + MOUNT + "/warehouse");
    }
}
