package vellum.ingest.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A search of files, byte by byte, for every one of a set of numbers and addresses, in each {@link
 * ByteForm}. Not thread-safe.
 */
final class IdentityScan {

  private static final int CHUNK_BYTES = 4 << 20;

  /** Repeated from chunk to chunk; even, so that a character of two bytes keeps its place. */
  private static final int OVERLAP_BYTES = 512;

  /** No character of a number or address. */
  private static final byte GAP = -1;

  private final DigitSet digits;
  private final TextSearch text;
  private final PackedSearch packed;
  private final PackedSearch packedSwapped;
  private final byte[] chunk = new byte[OVERLAP_BYTES + CHUNK_BYTES];
  private final byte[] wide = new byte[chunk.length / 2];

  IdentityScan(DigitSet digits, Set<String> mails) {
    this.digits = digits;
    this.text = new TextSearch(digits, mails);
    this.packed = new PackedSearch(digits, false);
    this.packedSwapped = new PackedSearch(digits, true);
  }

  /**
   * What was found. Immutable.
   *
   * @param hits by form; a hit at a chunk's border may count twice
   * @param files with a hit in text, with which nothing is found by chance
   */
  record Found(int scanned, long bytes, Map<ByteForm, Integer> hits, List<Path> files) {

    int hits(ByteForm form) {
      return hits.getOrDefault(form, 0);
    }
  }

  /** Scans a file, or all files under a directory. */
  Found scan(Path root) throws IOException {
    Map<ByteForm, Integer> hits = new EnumMap<>(ByteForm.class);
    List<Path> found = new ArrayList<>();
    long bytes = 0;
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      int before = textHits(hits);
      bytes += scanFile(file, hits);
      if (textHits(hits) > before) {
        found.add(file);
      }
    }
    return new Found(files.size(), bytes, Map.copyOf(hits), List.copyOf(found));
  }

  /**
   * How many hits in packed form chance alone gives in so many random bytes, both orders together.
   */
  double expectedByChance(long bytes) {
    return 2 * PackedSearch.expectedByChance(digits, bytes);
  }

  private static int textHits(Map<ByteForm, Integer> hits) {
    return hits.getOrDefault(ByteForm.PLAIN, 0) + hits.getOrDefault(ByteForm.UTF_16, 0);
  }

  private long scanFile(Path file, Map<ByteForm, Integer> hits) throws IOException {
    long bytes = 0;
    try (InputStream in = Files.newInputStream(file)) {
      int kept = 0;
      int read = in.readNBytes(chunk, 0, CHUNK_BYTES);
      while (read > 0) {
        bytes += read;
        int length = kept + read;
        search(length, hits);
        kept = Math.min(OVERLAP_BYTES, length) & ~1;
        System.arraycopy(chunk, length - kept, chunk, 0, kept);
        read = in.readNBytes(chunk, kept, CHUNK_BYTES);
      }
    }
    return bytes;
  }

  private void search(int length, Map<ByteForm, Integer> hits) {
    count(hits, ByteForm.PLAIN, text.count(chunk, length));
    for (int phase = 0; phase < 2; phase++) {
      int characters = narrow(length, phase);
      count(hits, ByteForm.UTF_16, text.count(wide, characters));
    }
    count(hits, ByteForm.BCD, packed.count(chunk, length));
    count(hits, ByteForm.BCD_SWAPPED, packedSwapped.count(chunk, length));
  }

  /**
   * Takes every second byte, when the one after it is zero: the characters of UTF-16 in the order
   * low, high; of high, low those that the other phase reads, apart from the last one's missing
   * zero.
   */
  private int narrow(int length, int phase) {
    int characters = 0;
    for (int i = phase; i < length; i += 2) {
      boolean zeroBehind = i + 1 < length && chunk[i + 1] == 0;
      boolean zeroBefore = i > 0 && chunk[i - 1] == 0;
      wide[characters++] = zeroBehind || zeroBefore ? chunk[i] : GAP;
    }
    return characters;
  }

  private static void count(Map<ByteForm, Integer> hits, ByteForm form, int found) {
    if (found > 0) {
      hits.merge(form, found, Integer::sum);
    }
  }
}
