package vellum.core.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.seal.TestRecords.STARTED;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.casefile.CaseId;
import vellum.core.casefile.CaseScope;
import vellum.core.casefile.CaseSubject;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.CanonicalIdentity;
import vellum.core.seal.Identities;
import vellum.core.seal.RecordOpener;
import vellum.core.seal.SealedRecord;
import vellum.core.seal.TestRecords;
import vellum.v1.DetailRecord;
import vellum.v1.IdentifierKind;
import vellum.v1.Submission;

/** People are erased from live months, their index, suspense, files and journal; others stay. */
final class ErasureWorkerTest {

  private static final String PERSON = "+491701234567";
  private static final String OTHER = "+4915112345678";

  @TempDir Path directory;

  /** A call from one number to another. */
  private static DetailRecord call(long seed, String from, String to) {
    return TestRecords.rated(seed, 1, 3_000_000 + seed).toBuilder()
        .setSubmission(
            Submission.newBuilder()
                .setVersion(1)
                .setSender(TestRecords.party(IdentifierKind.E164, from))
                .setRecipient(TestRecords.party(IdentifierKind.E164, to))
                .setClientRef("ref " + seed)
                .setMccMnc("26201"))
        .build();
  }

  private static UUID id(DetailRecord record) {
    return UUID.fromString(record.getRecordId());
  }

  /** What is on the disk of a person in a record: the seal of the recipient, and the pseudonym. */
  private static List<byte[]> traces(ErasureRig rig, SealedRecord record, String number) {
    MonthCipher cipher = rig.keys.existing(record.month()).orElseThrow().newCipher();
    CanonicalIdentity person = ErasureRig.identity(number);
    byte[] pseudonym = new byte[MonthCipher.PSEUDONYM_BYTES];
    cipher.pseudonym(person.identityClass(), person.bytes(), 0, person.length(), pseudonym, 0);
    byte[] row = record.row();
    byte[] seal = Arrays.copyOfRange(row, row.length / 2 - 10, row.length / 2 + 6);
    return List.of(Arrays.copyOf(pseudonym, 8), seal);
  }

  @Test
  void shouldEraseOnePartyAndLeaveTheOtherAndAllTotals() {
    try (ErasureRig rig = new ErasureRig(directory)) {
      // given
      DetailRecord both = call(1, OTHER, PERSON);
      DetailRecord others = call(2, OTHER, "+4930123456");
      rig.send(both, others, call(3, PERSON, OTHER));
      rig.flusher.flushAll();
      String totals = rig.totals();

      // when
      ErasurePlan plan = rig.worker.plan(List.of(ErasureRig.person(PERSON)));
      CaseId id = rig.erase(PERSON);

      // then
      assertThat(plan.total()).isEqualTo(new ErasurePlan.Count(2, 0));
      assertThat(rig.found(PERSON)).isEmpty();
      assertThat(rig.found(OTHER)).hasSize(3).contains(id(both), id(others));
      Submission.Builder left = both.getSubmission().toBuilder().clearRecipient().clearClientRef();
      assertThat(rig.open(both)).isEqualTo(both.toBuilder().setSubmission(left).build());
      assertThat(rig.open(others)).isEqualTo(others);
      assertThat(rig.totals()).isEqualTo(totals);
      ErasureStatus status = rig.worker.status(id).orElseThrow();
      assertThat(status.records()).isEqualTo(2);
      assertThat(rig.worker.accounts(id)).containsExactly("acct-1");
      assertThat(status.purgedBytes()).isPositive();
      assertThat(status.months()).containsOnlyKeys(ErasureRig.MONTH);
      assertThat(status.months().get(ErasureRig.MONTH)).matches("[0-9a-f]{64}");
      assertThat(rig.worker.doWork()).isZero();
      assertThat(rig.worker.plan(List.of(ErasureRig.person(PERSON))).months()).isEmpty();
    }
  }

  @Test
  void shouldLeaveNoByteOfThePersonInAnyFile() {
    try (ErasureRig rig = new ErasureRig(directory)) {
      // given: rows in files and in memory, and in the journal
      DetailRecord old = call(1, OTHER, PERSON);
      rig.send(old);
      rig.flusher.flushAll();
      DetailRecord young = call(2, "+4930123456", PERSON);
      rig.send(young);
      List<byte[]> ofOld = traces(rig, rig.sealed(old), PERSON);
      List<byte[]> ofYoung = traces(rig, rig.sealed(young), PERSON);
      rig.flusher.flushAll();
      for (byte[] trace : ofOld) {
        assertThat(rig.filesWith(directory, trace)).isNotEmpty();
      }

      // when
      rig.erase(PERSON);

      // then
      for (byte[] trace : ofOld) {
        assertThat(rig.filesWith(directory, trace)).isEmpty();
      }
      for (byte[] trace : ofYoung) {
        assertThat(rig.filesWith(directory, trace)).isEmpty();
      }
    }
  }

  @Test
  void shouldKeepWhatWasErasedErasedWhateverComesLater() {
    try (ErasureRig rig = new ErasureRig(directory)) {
      // given
      DetailRecord record = call(1, OTHER, PERSON);
      rig.send(record);
      rig.erase(PERSON);
      String totals = rig.totals();

      // when: the same again, then a higher version, then one that conflicts
      rig.send(record);
      DetailRecord higher =
          record.toBuilder()
              .setSubmission(record.getSubmission().toBuilder().setVersion(2).setMccMnc("26202"))
              .build();
      rig.send(higher);
      DetailRecord other =
          higher.toBuilder()
              .setSubmission(higher.getSubmission().toBuilder().setMccMnc("26203"))
              .build();
      rig.send(other);

      // then
      assertThat(rig.totals()).isNotEqualTo(totals);
      Submission.Builder left =
          higher.getSubmission().toBuilder().clearRecipient().clearClientRef();
      assertThat(rig.open(record)).isEqualTo(higher.toBuilder().setSubmission(left).build());
      assertThat(rig.found(PERSON)).isEmpty();
      assertThat(rig.found(OTHER)).containsExactly(id(record));
      assertThat(rig.finder.states().get(ErasureRig.MONTH).duplicates()).isEqualTo(1);
      assertThat(rig.finder.states().get(ErasureRig.MONTH).conflicts()).isEqualTo(1);
      assertThat(rig.suspended()).hasSize(1);
      SealedRecord kept =
          new SealedRecord(
              ErasureRig.MONTH,
              rig.suspended().get(0).at().key(),
              rig.suspended().get(0).message().row());
      assertThat(rig.seal.open(kept, Identities.CLEAR).getSubmission().hasRecipient()).isFalse();
    }
  }

  @Test
  void shouldEraseOnlyWithinTheProvenInterval() {
    try (ErasureRig rig = new ErasureRig(directory)) {
      // given
      DetailRecord before = TestRecords.sms(1, STARTED.minusSeconds(3600), PERSON).build();
      DetailRecord within = TestRecords.sms(2, STARTED, PERSON).build();
      rig.send(before, within);
      CaseScope scope =
          new CaseScope(
              List.of(CaseSubject.of(CaseSubject.Kind.NUMBER, PERSON)),
              new TreeSet<>(),
              STARTED,
              STARTED.plusSeconds(1),
              Set.of());

      // when
      CaseId id = rig.request();
      rig.worker.begin(id, List.of(scope));
      rig.upTo(id, ErasureState.DONE);

      // then
      assertThat(rig.found(PERSON)).containsExactly(id(before));
    }
  }

  @Test
  void shouldEraseEverybodyOfAnAccount() {
    try (ErasureRig rig = new ErasureRig(directory)) {
      // given
      DetailRecord one = call(1, OTHER, PERSON);
      DetailRecord other = call(2, OTHER, PERSON).toBuilder().setAccount("acct-2").build();
      rig.send(one, other);
      String totals = rig.totals();

      // when
      CaseId id = rig.request();
      rig.worker.begin(id, List.of(ErasureRig.account("acct-1")));
      rig.upTo(id, ErasureState.DONE);

      // then
      assertThat(rig.found(PERSON)).containsExactly(id(other));
      assertThat(rig.found(OTHER)).containsExactly(id(other));
      assertThat(rig.open(one))
          .isEqualTo(new RecordOpener().open(rig.sealed(one), Identities.ABSENT, null));
      assertThat(rig.open(other)).isEqualTo(other);
      assertThat(rig.totals()).isEqualTo(totals);
    }
  }

  @Test
  void shouldEraseInSuspenseAndStayErasedWhenRecycled() {
    try (ErasureRig rig = new ErasureRig(directory)) {
      // given
      DetailRecord suspended = call(1, OTHER, PERSON).toBuilder().setAccount("unknown").build();
      rig.send(suspended);
      assertThat(rig.suspended()).hasSize(1);
      String totals = rig.totals();

      // when
      CaseId id = rig.erase(PERSON);

      // then
      assertThat(rig.worker.status(id).orElseThrow().suspended()).isEqualTo(1);
      assertThat(rig.suspended()).hasSize(1);
      SealedRecord left =
          new SealedRecord(
              ErasureRig.MONTH,
              rig.suspended().get(0).at().key(),
              rig.suspended().get(0).message().row());
      Submission opened = rig.seal.open(left, Identities.CLEAR).getSubmission();
      assertThat(opened.hasRecipient()).isFalse();
      assertThat(opened.getSender()).isEqualTo(suspended.getSubmission().getSender());
      assertThat(rig.totals()).isEqualTo(totals);

      // and when: it is put back as the producer has it
      DetailRecord known = suspended;
      byte[] bytes = known.toByteArray();
      rig.recycle(rig.suspended().get(0).at(), bytes);

      // then
      assertThat(rig.suspended()).isEmpty();
      assertThat(rig.found(PERSON)).isEmpty();
      assertThat(rig.found(OTHER)).containsExactly(id(known));
      assertThat(rig.open(known).getSubmission().hasRecipient()).isFalse();
    }
  }

  @Test
  void shouldTakeAwayIndexRowsOfSomebodyWhoWasCorrected() {
    try (ErasureRig rig = new ErasureRig(directory)) {
      // given: the second version names somebody else
      DetailRecord wrong = call(1, OTHER, PERSON);
      DetailRecord right =
          call(1, OTHER, "+4930123456").toBuilder()
              .setSubmission(
                  call(1, OTHER, "+4930123456").getSubmission().toBuilder().setVersion(2))
              .build();
      rig.send(wrong);
      rig.send(right);
      rig.flusher.flushAll();
      byte[] pseudonym = traces(rig, rig.sealed(right), PERSON).get(0);
      assertThat(rig.filesWith(directory.resolve("live"), pseudonym)).isNotEmpty();

      // when
      rig.erase(PERSON);

      // then
      assertThat(rig.open(right)).isEqualTo(right);
      assertThat(rig.filesWith(directory, pseudonym)).isEmpty();
    }
  }

  @Test
  void shouldWaitUntilHoldsHaveTheirCopies() {
    try (ErasureRig rig = new ErasureRig(directory)) {
      // given
      rig.send(call(1, OTHER, PERSON));
      rig.held = (month, record) -> false;
      CaseId id = rig.request();
      rig.worker.begin(id, List.of(ErasureRig.person(PERSON)));
      rig.upTo(id, ErasureState.FOUND);

      // when, then
      assertThat(rig.worker.doWork()).isZero();
      assertThat(rig.found(PERSON)).hasSize(1);
      rig.held = Held.NONE;
      rig.upTo(id, ErasureState.DONE);
      assertThat(rig.found(PERSON)).isEmpty();
    }
  }

  @Test
  void shouldGoOnWithHoldsWhereItWaitedAndAskAllOnceMore() {
    try (ErasureRig rig = new ErasureRig(directory)) {
      // given: each record is copied when it is asked for, and there at the next look
      DetailRecord[] calls = new DetailRecord[20];
      Arrays.setAll(calls, i -> call(i + 1, OTHER, PERSON));
      rig.send(calls);
      Set<String> copied = new TreeSet<>();
      int[] asked = {0};
      rig.held =
          (month, record) -> {
            asked[0]++;
            return !copied.add(HexFormat.of().formatHex(record.key()));
          };

      // when
      rig.erase(PERSON);

      // then: twice while it waits, once more at the end
      assertThat(asked[0]).isEqualTo(60);
      assertThat(rig.found(PERSON)).isEmpty();
    }
  }

  @Test
  void shouldRefuseWhatNamesNobodyAndWhatWasBegun() {
    try (ErasureRig rig = new ErasureRig(directory)) {
      CaseId id = rig.request();
      CaseScope sender =
          new CaseScope(
              List.of(CaseSubject.of(CaseSubject.Kind.SENDER_ID, "ACME")),
              new TreeSet<>(),
              STARTED,
              STARTED.plusSeconds(1),
              Set.of());

      assertThatThrownBy(() -> rig.worker.begin(id, List.of(sender)))
          .isInstanceOf(ErasureException.NobodyNamed.class);
      rig.worker.begin(id, List.of(ErasureRig.person(PERSON)));
      assertThatThrownBy(() -> rig.worker.begin(id, List.of(ErasureRig.person(PERSON))))
          .isInstanceOf(ErasureException.Begun.class);
      rig.upTo(id, ErasureState.DONE);
      assertThat(rig.worker.status(id).orElseThrow().records()).isZero();
    }
  }
}
