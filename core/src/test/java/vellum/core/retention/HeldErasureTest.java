package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static vellum.core.retention.HeldRig.VAULT;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.hold.HeldFirst;
import vellum.core.hold.PlacedHolds;
import vellum.core.hold.VaultScope;
import vellum.core.period.FoundRecord;
import vellum.core.period.LiveMonth;
import vellum.core.period.RecordStore;
import vellum.core.seal.RowEraser;
import vellum.core.seal.SealedRecord;
import vellum.v1.DetailRecord;

/** What holds have of records that are erased from their months. */
final class HeldErasureTest {

  @TempDir Path directory;

  private final Traffic traffic = new Traffic(1, 20);

  private static SealedRecord live(StripRig rig, DetailRecord message) {
    FoundRecord found = rig.finder.find(UUID.fromString(message.getRecordId())).get(0);
    return ((FoundRecord.Sealed) found).record();
  }

  private static VaultScope number(int number) {
    return new VaultScope(VAULT, HeldRig.numbers(Traffic.number(number)));
  }

  private static long versionInVault(StripRig rig, DetailRecord message) {
    try (RecordStore.Hold hold = rig.vaults.holdExisting(VAULT).orElseThrow()) {
      byte[] row = ((LiveMonth) hold.month()).row(live(rig, message).key()).orElseThrow();
      return new RowEraser().submission(row, 0, row.length);
    }
  }

  private static DetailRecord version(DetailRecord message, long version) {
    return message.toBuilder()
        .setSubmission(message.getSubmission().toBuilder().setVersion(version))
        .build();
  }

  @Test
  void shouldHaveTheRecordInItsVaultBeforeItIsErased() {
    try (StripRig rig = new StripRig(directory)) {
      // given: a hold that is placed and not copied yet
      VaultScope scope = number(5);
      HeldFirst first = new HeldFirst(rig.vaultParts, rig.holdVaults);
      DetailRecord held = traffic.records.get(5);
      rig.send(traffic.records);
      rig.pump();

      // when, then: it waits for a hold that was accepted, and has no vault yet
      assertThat(first.keep(StripRig.MONTH, live(rig, held))).isTrue();
      rig.placed =
          List.of(new PlacedHolds.Placed(VAULT, rig.wall, HeldRig.numbers(Traffic.number(5))));
      assertThat(first.keep(StripRig.MONTH, live(rig, held))).isFalse();
      rig.hold(scope);
      rig.holdVaults.make(VAULT);

      // when, then: it waits for the copy
      assertThat(first.keep(StripRig.MONTH, live(rig, held))).isFalse();
      HeldRig.copy(rig, scope);
      assertThat(first.keep(StripRig.MONTH, live(rig, held))).isTrue();
      assertThat(first.keep(StripRig.MONTH, live(rig, traffic.records.get(6)))).isTrue();

      // and when: a version comes that the vault has not
      DetailRecord second = version(held, 2);
      rig.send(List.of(second));
      rig.pump();
      assertThat(versionInVault(rig, held)).isEqualTo(1);
      assertThat(first.keep(StripRig.MONTH, live(rig, held))).isFalse();
      rig.pump();

      // then
      assertThat(first.keep(StripRig.MONTH, live(rig, held))).isTrue();
      assertThat(versionInVault(rig, held)).isEqualTo(2);
    }
  }

  @Test
  void shouldKeepWhatTheVaultHasWhateverIsErasedAndComesLater() {
    try (StripRig rig = new StripRig(directory)) {
      // given
      VaultScope scope = new VaultScope(VAULT, HeldRig.scope(List.of(), "acct-2"));
      DetailRecord held = traffic.records.get(5);
      rig.send(traffic.records);
      rig.pump();
      rig.hold(scope);
      HeldRig.copy(rig, scope);

      // when: erased, a later version comes, and the month ends
      rig.erase(live(rig, held));
      assertThat(live(rig, held).reader().erased()).isPositive();
      rig.send(List.of(version(held, 2)));
      rig.pump();
      HeldRig.strip(rig);

      // then
      assertThat(HeldRig.kept(rig, VAULT, held)).contains(held);
      assertThat(rig.holdVaults.missed(VAULT)).isEmpty();
    }
  }
}
