package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.period.FoundRecord;
import vellum.core.period.Place;
import vellum.core.period.RecordPage;
import vellum.core.period.Stage;
import vellum.core.record.AccountId;
import vellum.core.record.Bytes;
import vellum.v1.DetailRecord;

/** Reads while a month is stripped, and what a stolen archive tells afterwards. */
final class StripReadsTest {

  private static final int RECORDS = 300;

  @TempDir Path directory;

  private final Traffic traffic = new Traffic(3, RECORDS);

  @Test
  void shouldNeverFailNorMissNorRepeatWhileMonthIsStripped() {
    try (StripRig rig = new StripRig(directory)) {
      // given
      rig.send(traffic.records);
      rig.pump();
      rig.moveTo(StripRig.DEADLINE);
      Set<Stage> seen = new HashSet<>();
      Walk slow = new Walk(rig);
      // when, then
      for (int step = 0; rig.stage(StripRig.MONTH) != Stage.ARCHIVED; step++) {
        rig.worker.doWork();
        rig.pump();
        seen.add(rig.stage(StripRig.MONTH));
        Walk whole = new Walk(rig);
        while (!whole.step()) {
          // Page after page.
        }
        if (slow.step()) {
          slow = new Walk(rig);
        }
        DetailRecord record = traffic.records.get(step * 7 % RECORDS);
        assertThat(rig.finder.find(UUID.fromString(record.getRecordId()))).hasSize(1);
      }
      assertThat(seen).contains(Stage.REWRITING, Stage.VERIFIED, Stage.SWITCHED);
    }
  }

  /** A walk through an account's records, page by page, across whatever happens between them. */
  private static final class Walk {
    private final StripRig rig;
    private final List<Long> seconds = new ArrayList<>();
    private Place after;

    Walk(StripRig rig) {
      this.rig = rig;
    }

    /** Reads a page; true when it was the last, and all were there once. */
    boolean step() {
      RecordPage page = rig.finder.list(AccountId.of("acct-1"), 0, Long.MAX_VALUE / 2, after, 30);
      for (FoundRecord record : page.records()) {
        seconds.add(record.startedAtMicros() / 1_000_000);
      }
      after = page.next();
      if (after != null) {
        return false;
      }
      List<Long> expected = new ArrayList<>();
      for (int i = 1; i < RECORDS; i += 3) {
        expected.add(Traffic.start(i).getEpochSecond());
      }
      assertThat(seconds).containsExactlyInAnyOrderElementsOf(expected);
      return true;
    }
  }

  @Test
  void shouldMatchNothingOfCustomersLogInStolenArchiveButWhatIsKeptOnPurpose() {
    try (StripRig rig = new StripRig(directory)) {
      // given
      rig.send(traffic.records);
      rig.pump();
      Canaries log = customersLog();
      Path live = rig.months.directories().live(StripRig.MONTH);
      rig.flusher.flushAll();
      assertThat(log.scan(live)).as("the log matches the live month").isNotEmpty();
      // when
      rig.moveTo(StripRig.DEADLINE);
      rig.settle();
      // then
      Path archive = rig.months.directories().archive(StripRig.MONTH);
      assertThat(log.scan(archive)).isEmpty();
      Canaries kept = new Canaries().add("\u0006acct-1").add("carrier");
      assertThat(kept.scan(archive)).as("account and route are kept").isNotEmpty();
      List<FoundRecord> found =
          rig.finder.list(AccountId.of("acct-1"), 0, Long.MAX_VALUE / 2, null, 1000).records();
      assertThat(found).allMatch(record -> record.startedAtMicros() % 1_000_000 == 0);
      assertThat(found).allMatch(record -> record.id().isEmpty());
    }
  }

  /** Everything a customer knows of its records: ids in all forms and their hashes, numbers. */
  private Canaries customersLog() {
    Canaries log = new Canaries();
    for (int i = 0; i < RECORDS; i++) {
      DetailRecord record = traffic.records.get(i);
      UUID id = UUID.fromString(record.getRecordId());
      byte[] raw = new byte[16];
      Bytes.putLong(raw, 0, id.getMostSignificantBits());
      Bytes.putLong(raw, 8, id.getLeastSignificantBits());
      byte[] text = record.getRecordId().getBytes(StandardCharsets.US_ASCII);
      log.put(raw);
      log.put(java.util.Arrays.copyOfRange(raw, 8, 16));
      log.put(text);
      log.put(HexFormat.of().formatHex(raw).getBytes(StandardCharsets.US_ASCII));
      for (String hash : List.of("SHA-256", "SHA-1", "MD5")) {
        log.put(java.util.Arrays.copyOf(hash(hash, raw), 8));
        log.put(java.util.Arrays.copyOf(hash(hash, text), 8));
      }
      log.add(Traffic.number(i).substring(1));
      log.add(Traffic.BULK + i + ".");
      log.add(Traffic.SUPPLIER_ID + i + ".");
      log.put(
          java.util.Arrays.copyOf(
              hash("SHA-256", Traffic.number(i).getBytes(StandardCharsets.US_ASCII)), 8));
    }
    return log;
  }

  private static byte[] hash(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
