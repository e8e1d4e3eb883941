package vellum.core.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwedEntriesTest {

  @TempDir private Path directory;

  @Test
  void shouldWriteInOrderWhatAFullDiskRefused() {
    try (AuditFixture fixture = new AuditFixture(directory)) {
      // given
      OwedEntries owed = new OwedEntries(fixture.trail);
      owed.add(Draft.ofServer(AuditEvent.KEY_CREATED, "first"));
      fixture.isFull = true;
      owed.add(Draft.ofServer(AuditEvent.KEY_DESTROYED, "second"));
      owed.add(Draft.ofServer(AuditEvent.KEY_CREATED, "third"));
      assertThat(owed.owed()).isEqualTo(2);
      assertThat(owed.settle()).isZero();
      // when
      fixture.isFull = false;
      assertThat(owed.settle()).isEqualTo(2);
      // then
      assertThat(owed.owed()).isZero();
      assertThat(fixture.lines()).hasSize(4);
      assertThat(fixture.lines().get(1)).contains("first");
      assertThat(fixture.lines().get(2)).contains("second");
      assertThat(fixture.lines().get(3)).contains("third");
    }
  }

  @Test
  void shouldSayHowManyItCouldNotKeep() {
    try (AuditFixture fixture = new AuditFixture(directory)) {
      // given
      OwedEntries owed = new OwedEntries(fixture.trail, 5);
      fixture.isFull = true;
      for (int i = 0; i < 8; i++) {
        owed.add(Draft.ofServer(AuditEvent.KEY_CREATED, "key " + i));
      }
      // when
      fixture.isFull = false;
      owed.settle();
      // then
      assertThat(fixture.trail.size()).isEqualTo(7);
      assertThat(new String(fixture.line(6), UTF_8)).contains("ENTRIES_LOST", "\"count\":3");
      assertThat(owed.owed()).isZero();
    }
  }
}
