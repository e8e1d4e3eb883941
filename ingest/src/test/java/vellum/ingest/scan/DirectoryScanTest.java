package vellum.ingest.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.disk.RealDisk;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;
import vellum.core.store.Table;

final class DirectoryScanTest {

  private static final String EVEN = "491701234567";
  private static final String ODD = "48501234567";
  private static final String MAIL = "anna.novak7@mail.example";
  private static final int CHUNK = StreamSearch.CHUNK_BYTES;
  private static final long SEED = 20261121;
  private static final Table ROWS = new Table("records", 0, Table.Shape.SMALL);
  private static final DirectoryScan.Progress NOBODY = (done, total) -> {};

  @TempDir private Path directory;
  @TempDir private Path scratch;

  private static DirectoryScan scan(String... values) {
    ValueSet set = new ValueSet();
    for (int i = 0; i < values.length; i++) {
      assertThat(set.add(values[i], i + 1)).isEqualTo(ValueSet.Added.ADDED);
    }
    return new DirectoryScan(set);
  }

  private Findings found(DirectoryScan scan, byte[]... parts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.write(part);
    }
    Path file = Files.write(directory.resolve("f"), bytes.toByteArray());
    return scan.ofFiles(file, NOBODY);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(SEED).nextBytes(noise);
    return noise;
  }

  @Test
  void shouldFindEveryFormOnceWithItsPlaceAndLine() throws IOException {
    for (String number : new String[] {EVEN, ODD}) {
      DirectoryScan scan = scan("+49 170 9999999", "+" + number, MAIL);
      for (Map.Entry<String, Forms.Canary> canary : Forms.of(number, MAIL).entrySet()) {
        for (int before : new int[] {0, 1, 998, 999}) {
          // given
          byte[] lead = noise(before + 1);
          lead[before] = -1;
          // when
          Findings found = found(scan, lead, canary.getValue().bytes(), new byte[] {-1, 7});
          // then
          String what = number + " as " + canary.getKey() + " behind " + before;
          assertThat(found.hits()).as(what).hasSize(1);
          Findings.Hit hit = found.hits().get(0);
          assertThat(hit.form()).as(what).isEqualTo(canary.getValue().form());
          assertThat(hit.line()).as(what).isBetween(2, 3);
          assertThat(hit.offset()).as(what).isBetween(before + 1L, before + 6L);
          assertThat(found.isFound()).as(what).isTrue();
        }
      }
    }
  }

  @Test
  void shouldFindEveryFormAcrossTheBordersOfChunksOnce() throws IOException {
    DirectoryScan scan = scan(ODD, MAIL);
    for (Map.Entry<String, Forms.Canary> canary : Forms.of(ODD, MAIL).entrySet()) {
      byte[] bytes = canary.getValue().bytes();
      for (int chunk : new int[] {CHUNK, 2 * CHUNK, CHUNK + StreamSearch.AROUND_BYTES}) {
        for (int inside = 0; inside <= bytes.length; inside += bytes.length / 3) {
          // given
          byte[] lead = new byte[chunk - inside];
          lead[lead.length - 1] = -1;
          // when
          Findings found = found(scan, lead, bytes, new byte[] {-1});
          // then
          assertThat(found.hits()).as(canary.getKey() + " at " + lead.length).hasSize(1);
        }
      }
    }
  }

  @Test
  void shouldFindNothingInNoiseAndLookalikes() throws IOException {
    Findings found =
        found(
            scan(EVEN, ODD, MAIL),
            noise(3_000_000),
            ascii("4917012345 67"),
            ascii(" nna.novak7@mail.example "),
            ascii(" anna.novak7@mail.exampl "),
            new byte[100_000]);
    assertThat(found.hits()).isEmpty();
    assertThat(found.isFound()).isFalse();
    assertThat(found.bytes()).isGreaterThan(3_100_000);
  }

  @Test
  void shouldTellWhatChanceExplainsFromWhatItDoesNot() throws IOException {
    // given: many numbers of seven digits, and long words in which some of them must stand
    ValueSet values = new ValueSet();
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      values.add("%07d".formatted(random.nextInt(10_000_000)), i + 1);
    }
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      words.append(random.nextLong(1_000_000_000_000_000L, Long.MAX_VALUE)).append(' ');
    }
    DirectoryScan scan = new DirectoryScan(values);
    // when
    Findings found = found(scan, ascii(words.toString()));
    // then
    double expected = found.expected(ByteForm.EMBEDDED);
    assertThat(expected).isGreaterThan(100);
    assertThat((double) found.count(ByteForm.EMBEDDED)).isBetween(expected / 2, expected * 2);
    assertThat(found.isFound()).isFalse();
  }

  @Test
  void shouldSearchEveryKindOfFileAndNothingBehindALink() throws IOException {
    // given
    List<String> names =
        List.of(
            "live/2026-11.default/LOG",
            "live/2026-11.default/MANIFEST-000005",
            "live/2026-11.default/OPTIONS-000007",
            "live/2026-11.default/000012.sst",
            "archive/2025.default/03.making/x.tmp",
            "keys/2026-11.default.key.tmp",
            "token");
    for (String name : names) {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, ascii("x " + EVEN + "\n"));
    }
    Files.write(scratch.resolve("elsewhere"), ascii(EVEN));
    Files.createSymbolicLink(directory.resolve("link"), scratch.resolve("elsewhere"));
    Path journal = Files.createDirectories(directory.resolve("journal/g1"));
    try (RandomAccessFile sparse = new RandomAccessFile(journal.resolve("a.cq4").toFile(), "rw")) {
      sparse.setLength(64L << 20);
      sparse.seek(50L << 20);
      sparse.write(ascii(EVEN));
    }
    // when
    long[] progress = new long[2];
    Findings found =
        scan(EVEN)
            .ofFiles(
                directory,
                (done, total) -> {
                  assertThat(done).isBetween(progress[0], total);
                  progress[0] = done;
                  progress[1] = total;
                });
    // then
    assertThat(found.hits().stream().map(Findings.Hit::file))
        .containsAll(names)
        .contains("journal/g1/a.cq4")
        .hasSize(names.size() + 1);
    assertThat(found.hits())
        .contains(new Findings.Hit("journal/g1/a.cq4", "", 50L << 20, ByteForm.PLAIN, 1));
    assertThat(progress[0]).isEqualTo(progress[1]).isEqualTo(found.bytes());
  }

  @Test
  void shouldFindInCompressedRowsByTableAndRow() throws IOException {
    // given: a store whose rows compress, flushed, and one whose rows are in its log only
    byte[] filler = ascii("the same again and again ".repeat(40));
    try (Stores stores = new Stores(new RealDisk(), 1 << 20, 1)) {
      for (boolean synced : new boolean[] {false, true}) {
        Path at = directory.resolve(synced ? "control" : "live/2026-11.default");
        try (Store store =
            synced
                ? stores.openSynced(at, List.of(ROWS), StoreOptions.control())
                : stores.open(at, List.of(ROWS), StoreOptions.otherMonth())) {
          StoreBatch batch = store.batch();
          for (int i = 0; i < 3_000; i++) {
            batch.put(ROWS, ascii("key%05d".formatted(i)), filler);
          }
          batch.put(ROWS, ascii("key01234"), ascii(filler.length + " for " + MAIL + " there"));
          batch.put(ROWS, ascii("key02000"), Forms.of(ODD, MAIL).get("TBCD ").bytes());
          batch.put(ROWS, ascii("key02001"), bytesAround(ascii(EVEN)));
          store.write(batch);
          if (!synced) {
            store.flushAll();
          }
        }
      }
    }
    // when
    Findings found = scan(EVEN, MAIL, ODD).ofFilesAndRows(directory, scratch, NOBODY);
    // then
    for (String store : new String[] {"control", "live/2026-11.default"}) {
      assertThat(found.hits().stream().filter(hit -> hit.file().equals(store)))
          .containsExactly(
              new Findings.Hit(store, "records", 1234, ByteForm.PLAIN, 2),
              new Findings.Hit(store, "records", 2000, ByteForm.TBCD, 3),
              new Findings.Hit(store, "records", 2001, ByteForm.PLAIN, 1));
    }
    assertThat(found.stores()).isEqualTo(2);
    assertThat(found.rows()).isEqualTo(6_000);
    assertThat(found.unread()).isEmpty();
  }

  /** Larger than what is gathered at a time. */
  private static byte[] bytesAround(byte[] canary) {
    byte[] large = new byte[2 * CHUNK];
    System.arraycopy(canary, 0, large, CHUNK - 5, canary.length);
    return large;
  }

  @Test
  void shouldNameAStoreThatCannotBeRead() throws IOException {
    Path store = Files.createDirectories(directory.resolve("live/x"));
    Files.writeString(store.resolve("FORMAT"), "vellum store 1\n");
    Files.writeString(store.resolve("CURRENT"), "MANIFEST-000001\n");
    Findings found = scan(EVEN).ofFilesAndRows(directory, scratch, NOBODY);
    assertThat(found.unread()).hasSize(1);
    assertThat(found.unread().get(0).file()).isEqualTo("live/x");
  }

  @Test
  void shouldFindOneOfManyValuesOfOneBeginning() throws IOException {
    // given
    ValueSet values = new ValueSet();
    for (int i = 0; i < 100_000; i++) {
      values.add("user%06d@mail.example".formatted(i), i + 1);
      values.add("+4917%08d".formatted(i), 100_001 + i);
    }
    // when
    Findings found =
        found(
            new DirectoryScan(values),
            ascii("user012345@mail.example +491700054321".repeat(1)),
            ascii(" user012345@mail.exampl user999999@mail.example"));
    // then
    assertThat(found.hits().stream().map(Findings.Hit::line))
        .containsExactlyInAnyOrder(12346, 154322);
  }
}
