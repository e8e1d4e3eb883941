package vellum.core.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.casefile.CaseId;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.CanonicalIdentity;
import vellum.core.retention.Copies;
import vellum.core.seal.TestRecords;
import vellum.v1.DetailRecord;
import vellum.v1.IdentifierKind;
import vellum.v1.Submission;

/** An erasure is gone on from wherever a crash cut it short, and again after a restore. */
final class ErasureCrashTest {

  private static final String PERSON = "+491701234567";
  private static final String OTHER = "+4915112345678";

  @TempDir Path directory;

  private static DetailRecord call(long seed, String account) {
    return TestRecords.rated(seed, 1, 3_000_000 + seed).toBuilder()
        .setAccount(account)
        .setSubmission(
            Submission.newBuilder()
                .setVersion(1)
                .setSender(TestRecords.party(IdentifierKind.E164, OTHER))
                .setRecipient(TestRecords.party(IdentifierKind.E164, PERSON)))
        .build();
  }

  private static byte[] pseudonym(ErasureRig rig) {
    MonthCipher cipher = rig.keys.existing(ErasureRig.MONTH).orElseThrow().newCipher();
    CanonicalIdentity person = ErasureRig.identity(PERSON);
    byte[] pseudonym = new byte[MonthCipher.PSEUDONYM_BYTES];
    cipher.pseudonym(person.identityClass(), person.bytes(), 0, person.length(), pseudonym, 0);
    return java.util.Arrays.copyOf(pseudonym, 8);
  }

  private static void assertErased(ErasureRig rig, Path data, String totals) {
    assertThat(rig.found(PERSON)).isEmpty();
    assertThat(rig.found(OTHER)).hasSize(3);
    assertThat(rig.totals()).isEqualTo(totals);
    assertThat(rig.suspended()).hasSize(1);
    assertThat(rig.filesWith(data, pseudonym(rig))).isEmpty();
    assertThat(rig.worker.plan(List.of(ErasureRig.person(PERSON))).months()).isEmpty();
  }

  @Test
  void shouldGoOnFromACrashBehindEveryStep() {
    Path whole = directory.resolve("whole");
    Set<ErasureState> crashedIn = new HashSet<>();
    try (ErasureRig rig = new ErasureRig(whole)) {
      // given
      rig.send(call(1, "acct-1"), call(2, "acct-1"));
      rig.flusher.flushAll();
      rig.send(call(3, "acct-1"), call(4, "unknown"));
      String totals = rig.totals();
      CaseId id = rig.request();
      rig.worker.begin(id, List.of(ErasureRig.person(PERSON)));

      for (int i = 0; rig.worker.status(id).orElseThrow().state() != ErasureState.DONE; i++) {
        assertThat(i).isLessThan(200);
        if (rig.worker.doWork() == 0) {
          rig.idle();
          continue;
        }
        // when: a crash
        crashedIn.add(rig.worker.status(id).orElseThrow().state());
        Path crashed = directory.resolve("crashed-" + i);
        Copies.copy(whole, crashed);
        try (ErasureRig again = new ErasureRig(crashed)) {
          again.upTo(id, ErasureState.DONE);

          // then
          assertErased(again, crashed, totals);
          assertThat(again.worker.status(id).orElseThrow().records()).isEqualTo(3);
          assertThat(again.worker.status(id).orElseThrow().suspended()).isEqualTo(1);
        }
        Copies.delete(crashed);
      }
      assertErased(rig, whole, totals);
    }
    assertThat(crashedIn).containsExactlyInAnyOrder(ErasureState.values());
  }

  @Test
  void shouldEraseAgainByItsLedgerWhatARestoreBroughtBack() {
    // given
    Path data = directory.resolve("data");
    Path before = directory.resolve("before");
    CaseId id;
    try (ErasureRig rig = new ErasureRig(data)) {
      rig.send(call(1, "acct-1"), call(2, "acct-1"), call(3, "acct-1"), call(4, "unknown"));
      rig.flusher.flushAll();
      Copies.copy(data.resolve("live"), before);
      id = rig.erase(PERSON);
    }
    Copies.delete(data.resolve("live"));
    Copies.copy(before, data.resolve("live"));

    try (ErasureRig rig = new ErasureRig(data)) {
      assertThat(rig.found(PERSON)).hasSize(3);
      String totals = rig.totals();

      // when
      rig.worker.reapply(id);
      rig.upTo(id, ErasureState.DONE);

      // then
      assertErased(rig, data, totals);
    }
  }
}
