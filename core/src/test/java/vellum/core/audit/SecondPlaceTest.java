package vellum.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.disk.RealDisk;

final class SecondPlaceTest {

  @TempDir private Path directory;
  private AuditFixture fixture;
  private Path place;
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    fixture = new AuditFixture(Files.createDirectory(directory.resolve("data")));
    place = Files.createDirectory(directory.resolve("second"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private SecondPlace copies() {
    return new SecondPlace(
        place, new RealDisk(), fixture.checkpoints, () -> fixture.nanos, told::add);
  }

  @Test
  void shouldCopyEachCheckpointOnceAndWhatWasMissedMeanwhile() throws IOException {
    // given
    fixture.record(4);
    fixture.checkpoints.sign();
    SecondPlace copies = copies();
    // when, then
    assertThat(copies.doWork()).isOne();
    assertThat(copies.doWork()).isZero();
    fixture.record(1);
    fixture.checkpoints.sign();
    fixture.record(1);
    Checkpoints.Signed last = fixture.checkpoints.sign();
    assertThat(copies().doWork()).isEqualTo(2);
    assertThat(names())
        .containsExactly(
            "0000000000000000005.checkpoint",
            "0000000000000000006.checkpoint",
            "0000000000000000007.checkpoint");
    assertThat(place.resolve("0000000000000000007.checkpoint")).hasContent(last.note());
    assertThat(told).isEmpty();
  }

  @Test
  void shouldWaitForAPlaceThatIsNotThere() throws IOException {
    // given
    Files.delete(place);
    fixture.checkpoints.sign();
    SecondPlace copies = copies();
    // when, then: said once, tried again in a minute
    assertThat(copies.doWork()).isZero();
    assertThat(copies.doWork()).isZero();
    assertThat(told).hasSize(1);
    assertThat(copies.trouble()).contains("no directory, or not mounted");
    Files.createDirectory(place);
    assertThat(copies.doWork()).isZero();
    fixture.nanos += Duration.ofMinutes(1).toNanos();
    assertThat(copies.doWork()).isOne();
    assertThat(copies.trouble()).isEmpty();
    assertThat(told).last().isEqualTo("");
  }

  @Test
  void shouldCopyNothingOverAnotherHistory() throws IOException {
    // given: what another trail of the name signed
    fixture.record(4);
    String theirs = fixture.checkpoints.sign().note();
    Files.writeString(place.resolve("0000000000000000009.checkpoint"), theirs);
    // when, then
    SecondPlace ahead = copies();
    assertThat(ahead.doWork()).isZero();
    assertThat(ahead.trouble())
        .contains("a checkpoint over 9 entries, and the trail's newest is over 5");
    // and when it has come as far, by another way
    fixture.record(4);
    fixture.checkpoints.sign();
    SecondPlace beside = copies();
    assertThat(beside.doWork()).isZero();
    assertThat(beside.trouble()).contains("over 9 entries is not what this trail signed");
    assertThat(names()).hasSize(1);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
