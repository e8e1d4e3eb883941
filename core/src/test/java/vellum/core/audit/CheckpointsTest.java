package vellum.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointsTest {

  @TempDir private Path directory;
  private AuditFixture fixture;

  @BeforeEach
  void open() {
    fixture = new AuditFixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void shouldSignWhenEnoughEntriesHaveCome() {
    // given: the key's entry, and eight more
    fixture.record(8);
    assertThat(fixture.checkpoints.doWork()).isZero();
    // when
    fixture.record(1);
    // then
    assertThat(fixture.checkpoints.doWork()).isOne();
    assertThat(fixture.checkpoints.signed()).isEqualTo(10);
    assertThat(fixture.checkpoints.doWork()).isZero();
    Checkpoints.Signed one = fixture.checkpoints.page(0, 100, 10).get(0);
    Note note = Note.parse(one.note());
    assertThat(note.trust(List.of(fixture.checkpoints.key()))).isEqualTo(Note.Trust.SIGNED);
    assertThat(TreeHead.parse(note.text()).agrees(fixture.trail.treeHead(AuditFixture.ORIGIN)))
        .isTrue();
  }

  @Test
  void shouldSignANewEntryAfterAWhileAndNothingTwice() {
    // given
    fixture.checkpoints.sign();
    fixture.nanos += Duration.ofHours(1).toNanos();
    assertThat(fixture.checkpoints.doWork()).isZero();
    fixture.record(1);
    assertThat(fixture.checkpoints.doWork()).isZero();
    // when
    fixture.nanos += Duration.ofMinutes(5).toNanos() - 1;
    assertThat(fixture.checkpoints.doWork()).isZero();
    fixture.nanos++;
    // then
    assertThat(fixture.checkpoints.doWork()).isOne();
    assertThat(fixture.checkpoints.sign().size()).isEqualTo(2);
    assertThat(fixture.checkpoints.page(0, 100, 10)).hasSize(2);
  }

  @Test
  void shouldKeepItsNameAndItsKeysOverRestarts() {
    // given
    fixture.record(3);
    fixture.checkpoints.sign();
    // when
    fixture.open();
    // then
    assertThat(fixture.checkpoints.signed()).isEqualTo(4);
    assertThat(fixture.trail.size()).isEqualTo(4);
    assertThat(fixture.checkpoints.keys())
        .extracting(VerifierKey::text)
        .containsExactly(fixture.checkpoints.key().text());
    VerifierKey before = fixture.checkpoints.key();
    fixture.close();
    // and when its key is another one
    fixture = new AuditFixture(directory, "other-kek");
    assertThat(fixture.checkpoints.origin()).isEqualTo(AuditFixture.ORIGIN);
    assertThat(fixture.checkpoints.keys())
        .extracting(VerifierKey::text)
        .containsExactlyInAnyOrder(before.text(), fixture.checkpoints.key().text());
    assertThat(fixture.lines().get(4)).contains("AUDIT_KEY_USED");
  }

  @Test
  void shouldRefuseATrailThatIsShorterThanWhatWasSigned() {
    // given: a state put back from before the checkpoint
    fixture.record(3);
    byte[] state = fixture.control.get(TrailRows.STATE, TrailRows.HEAD);
    fixture.record(1);
    fixture.checkpoints.sign();
    fixture.delete(4);
    var batch = fixture.control.batch();
    batch.put(TrailRows.STATE, TrailRows.HEAD, state);
    fixture.control.write(batch);
    // when, then
    assertThatThrownBy(fixture::open)
        .isInstanceOf(AuditException.Damaged.class)
        .hasMessageContaining("signed over 5 entries, and there are 4");
    // and when another entry takes its place
    Trail trail = Trail.open(fixture.control, () -> AuditFixture.NOW);
    trail.record(AuditFixture.draft("another"));
    assertThatThrownBy(fixture::open)
        .isInstanceOf(AuditException.Damaged.class)
        .hasMessageContaining("was signed over others");
  }

  @Test
  void shouldGiveTheNewestThatThereIsWhileTheDiskIsFull() {
    // given
    fixture.isFull = true;
    assertThatThrownBy(fixture.checkpoints::newest)
        .isInstanceOf(vellum.core.store.StoreException.class);
    fixture.isFull = false;
    Checkpoints.Signed before = fixture.checkpoints.newest();
    fixture.record(3);
    // when
    fixture.isFull = true;
    // then
    assertThat(fixture.checkpoints.newest()).isEqualTo(before);
    fixture.isFull = false;
    assertThat(fixture.checkpoints.newest().size()).isEqualTo(4);
  }

  @Test
  void shouldSignLaterWhenTheDiskIsFull() {
    fixture.record(20);
    fixture.isFull = true;
    assertThatThrownBy(fixture.checkpoints::doWork)
        .isInstanceOf(vellum.core.store.StoreException.class);
    fixture.isFull = false;
    assertThat(fixture.checkpoints.doWork()).isOne();
    assertThat(fixture.checkpoints.signed()).isEqualTo(21);
  }
}
