package vellum.core.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vellum.core.crypto.MonthCipher;
import vellum.core.period.LiveMonth;
import vellum.core.period.RecordStore;
import vellum.core.period.SubjectScan;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.Output;
import vellum.core.retention.Copies;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.ErasedParts;
import vellum.core.seal.PersonParts;
import vellum.core.seal.RowEraser;
import vellum.core.seal.SealedBatch;
import vellum.core.seal.SealedRecord;
import vellum.core.seal.TestRecords;
import vellum.core.store.Scan;
import vellum.core.suspense.SuspendedId;
import vellum.core.suspense.SuspendedRow;
import vellum.v1.DetailRecord;
import vellum.v1.IdentifierKind;
import vellum.v1.Submission;

/**
 * Erasures act in the order of the journal: messages and erasures of a few records, by chance, make
 * the same month batch by batch, all at once, and again after a crash, wherever the engine flushed.
 */
final class ErasureReplayTest {

  private static final int STEPS = 60;
  private static final List<String> NUMBERS =
      List.of("+491701234567", "+4915112345678", "+4930123456", "+4989123456");

  @TempDir Path directory;

  private final List<DetailRecord> sent = new ArrayList<>();
  private int versions;

  private static String number(Random random) {
    return NUMBERS.get(random.nextInt(NUMBERS.size()));
  }

  private DetailRecord message(Random random) {
    boolean isNew = sent.isEmpty() || random.nextInt(4) == 0;
    if (!isNew && random.nextInt(4) == 0) {
      return sent.get(random.nextInt(sent.size()));
    }
    long seed = isNew ? sent.size() : random.nextInt(sent.size());
    DetailRecord.Builder message =
        TestRecords.rated(seed, 1 + random.nextInt(3), random.nextInt(5)).toBuilder()
            .setAccount(seed % 5 == 4 ? "unknown" : "acct-1");
    if (random.nextInt(4) > 0) {
      message.setSubmission(
          Submission.newBuilder()
              .setVersion(++versions)
              .setSender(TestRecords.party(IdentifierKind.E164, number(random)))
              .setRecipient(TestRecords.party(IdentifierKind.E164, number(random)))
              .setClientRef("ref")
              .setMccMnc("2620" + random.nextInt(2)));
    }
    sent.add(message.build());
    return message.build();
  }

  private SealedBatch batch(ErasureRig rig, Random random) {
    BatchSealer sealer = rig.seal.judging();
    sealer.begin(account -> true);
    for (int i = random.nextInt(4); i >= 0; i--) {
      if (random.nextInt(3) == 0) {
        erase(rig, random, sealer);
      } else {
        byte[] bytes = message(random).toByteArray();
        sealer.add(bytes, 0, bytes.length);
      }
    }
    return sealer.finish();
  }

  private static void erase(ErasureRig rig, Random random, BatchSealer sealer) {
    List<SealedRecord> records = records(rig);
    List<SuspendedRow> suspended = rig.suspended();
    if (!suspended.isEmpty() && random.nextInt(4) == 0) {
      sealer.erase(suspended.get(random.nextInt(suspended.size())).at(), ErasedParts.ALL);
    } else if (!records.isEmpty()) {
      SealedRecord record = records.get(random.nextInt(records.size()));
      MonthCipher cipher = rig.keys.existing(record.month()).orElseThrow().newCipher();
      CanonicalIdentity person = ErasureRig.identity(number(random));
      sealer.erase(record.month(), record.key(), PersonParts.of(person, cipher).in(record, true));
    }
  }

  private static List<SealedRecord> records(ErasureRig rig) {
    List<SealedRecord> records = new ArrayList<>();
    rig.months
        .holdExisting(ErasureRig.MONTH)
        .ifPresent(
            hold -> {
              try (hold;
                  Scan scan = hold.month().scanRecords(new byte[24])) {
                while (scan.next()) {
                  records.add(new SealedRecord(ErasureRig.MONTH, scan.key(), scan.value()));
                }
              }
            });
    return records;
  }

  /** Rows, suspense, index and totals of the month. */
  private static Map<String, String> contents(ErasureRig rig) {
    Map<String, String> contents = new TreeMap<>();
    contents.put("totals", rig.totals());
    for (SealedRecord record : records(rig)) {
      byte[] row = record.row();
      contents.put(hex(record.key()), hex(row));
      int parts = record.reader().erased();
      if (parts != ErasedParts.NONE) {
        Output again = new Output(16);
        new RowEraser().erase(row, 0, row.length, parts, again);
        assertThat(Arrays.copyOf(again.bytes(), again.size())).isEqualTo(row);
        contents.merge("erased", "1", (all, one) -> all + one);
      }
    }
    rig.suspended()
        .forEach(row -> contents.put(SuspendedId.text(row.at()), hex(row.message().row())));
    NUMBERS.forEach(number -> contents.put(number, rig.found(number).toString()));
    return contents;
  }

  private static Map<String, String> differences(
      Map<String, String> one, Map<String, String> other) {
    Map<String, String> all = new TreeMap<>(one);
    all.putAll(other);
    all.replaceAll((name, any) -> one.get(name) + " / " + other.get(name));
    all.keySet().removeIf(name -> Objects.equals(one.get(name), other.get(name)));
    return all;
  }

  private static Map<String, List<UUID>> index(ErasureRig rig) {
    Map<String, List<UUID>> index = new TreeMap<>();
    NUMBERS.forEach(number -> index.put(number, indexed(rig, number)));
    return index;
  }

  /** What the index says, proven or not. */
  private static List<UUID> indexed(ErasureRig rig, String number) {
    MonthCipher cipher = rig.keys.existing(ErasureRig.MONTH).orElseThrow().newCipher();
    CanonicalIdentity person = ErasureRig.identity(number);
    byte[] pseudonym = new byte[MonthCipher.PSEUDONYM_BYTES];
    cipher.pseudonym(person.identityClass(), person.bytes(), 0, person.length(), pseudonym, 0);
    List<UUID> ids = new ArrayList<>();
    try (RecordStore.Hold hold = rig.months.hold(ErasureRig.MONTH);
        SubjectScan scan = ((LiveMonth) hold.month()).subjects(pseudonym, cipher)) {
      for (SealedRecord one = scan.next(); one != null; one = scan.next()) {
        ids.add(one.id());
      }
    }
    return ids;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldMakeTheSameMonthHoweverItIsApplied(long seed) {
    // given
    Random random = new Random(seed);
    Path start = directory.resolve("start");
    Path whole = directory.resolve("whole");
    Path atOnce = directory.resolve("at-once");
    Path crashed = directory.resolve("crashed");
    try (ErasureRig rig = new ErasureRig(start)) {
      rig.send(TestRecords.sms(1_000));
    }
    Copies.copy(start, whole);
    Copies.copy(start, atOnce);
    List<SealedBatch> batches = new ArrayList<>();
    Map<String, String> expected;
    Map<String, List<UUID>> index;
    try (ErasureRig rig = new ErasureRig(whole)) {
      for (int i = 0; i < STEPS; i++) {
        SealedBatch batch = batch(rig, random);
        batches.add(batch);
        rig.append(batch);
        rig.work();
        switch (random.nextInt(12)) {
          case 0 -> rig.flusher.flushAll();
          case 1, 2 -> rig.flushByItself();
          default -> {}
        }
      }
      expected = contents(rig);
      index = index(rig);
      Copies.copy(whole, crashed);
    }

    // when, then
    assertThat(expected).containsKey("erased");
    try (ErasureRig rig = new ErasureRig(crashed)) {
      rig.work();
      assertThat(differences(contents(rig), expected)).isEmpty();
      // What was indexed of versions that are no more need not come again.
      index(rig).forEach((number, ids) -> assertThat(index.get(number)).containsAll(ids));
    }
    try (ErasureRig rig = new ErasureRig(atOnce)) {
      batches.forEach(rig::append);
      rig.work();
      assertThat(differences(contents(rig), expected)).isEmpty();
      assertThat(index(rig)).isEqualTo(index);
    }
  }
}
