package vellum.ingest.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a file, reading it gives rows, bad rows, or a named error. */
final class DamagedFileTest {

  private static final int ROUNDS = 40;
  private static final List<ImportFormat> FORMATS = List.of(ImportFormat.values());

  @TempDir Path directory;

  @Test
  void shouldNameWhatIsWrongWithTruncatedAndMutatedFiles() throws IOException {
    long seed = Long.getLong("vellum.seed", System.nanoTime());
    System.out.println("DamagedFileTest -Dvellum.seed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    long bad = 0;
    for (Path sample : SampleFile.all()) {
      byte[] content = Files.readAllBytes(sample);
      for (int round = 0; round < ROUNDS; round++) {
        byte[] damaged =
            random.nextBoolean() ? truncated(content, random) : mutated(content, random);
        if (round % 8 == 7) {
          damaged = mutated(gzip(content), random);
        }
        ImportFormat format =
            random.nextInt(3) == 0 ? null : FORMATS.get(random.nextInt(FORMATS.size()));
        bad += read(Files.write(directory.resolve("damaged"), damaged), format);
      }
    }
    assertThat(bad).isPositive();
  }

  private static long read(Path file, ImportFormat format) throws IOException {
    long bad = 0;
    try (FileSource source = FileSource.open(file, new ImportOptions(format, null))) {
      for (Row row = source.next(); row != null; row = source.next()) {
        if (row instanceof Row.Bad found) {
          bad++;
          assertThat(found.reason()).isNotEmpty();
          assertThat(found.line()).isPositive();
        }
      }
      assertThat(source.next()).isNull();
    } catch (ImportException e) {
      assertThat(e.getMessage()).isNotEmpty();
      assertThat(e.recoverable()).isFalse();
      bad++;
    }
    return bad;
  }

  private static byte[] truncated(byte[] content, SplittableRandom random) {
    return Arrays.copyOf(content, random.nextInt(content.length));
  }

  private static byte[] mutated(byte[] content, SplittableRandom random) {
    byte[] copy = content.clone();
    byte[] nasty = {'"', '{', '}', '[', ']', ',', '\n', 0, (byte) 0xFF, '\\', ':', '-', 'e', '9'};
    for (int i = random.nextInt(1, 12); i > 0; i--) {
      int at = random.nextInt(copy.length);
      copy[at] =
          random.nextBoolean() ? nasty[random.nextInt(nasty.length)] : (byte) random.nextInt();
      if (random.nextInt(4) == 0) {
        int from = random.nextInt(copy.length);
        int length = Math.min(random.nextInt(200), copy.length - Math.max(from, at));
        System.arraycopy(copy, from, copy, at, Math.max(0, length));
      }
    }
    return copy;
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }
}
