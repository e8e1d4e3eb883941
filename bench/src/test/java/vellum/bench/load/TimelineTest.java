package vellum.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TimelineTest {

  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path directory;

  @Test
  void shouldDivideByTheTimeThatPassedAndNotByLines() {
    // given
    Moment one = new Moment(5 * SECOND / 4, 1_000, 500, 0, SECOND, 0);
    Moment other = new Moment(5 * SECOND / 2, 2_000, 1_500, 0, 3 * SECOND, 0);
    // then
    assertThat(one.ackedSince(Moment.START)).isEqualTo(800);
    assertThat(other.appliedSince(one)).isEqualTo(800);
    assertThat(other.cpuPercentSince(one)).isEqualTo(160);
  }

  @Test
  void shouldFindMomentsByTime() {
    // given
    List<Moment> moments = List.of(at(12), at(24), at(36));
    // then
    assertThat(Moment.firstFrom(moments, 20 * SECOND)).isEqualTo(at(24));
    assertThat(Moment.lastUntil(moments, 35 * SECOND)).isEqualTo(at(24));
    assertThat(Moment.firstFrom(moments, 40 * SECOND)).isNull();
    assertThat(Moment.lastUntil(moments, SECOND)).isNull();
  }

  @Test
  void shouldPrintAndWriteWhenEachMomentWas() throws Exception {
    // given
    Timeline timeline = new Timeline(null, () -> 0, value -> {});
    timeline.add(new Moment(6 * SECOND / 5, 1_200, 600, 3 << 20, SECOND, 7));
    timeline.add(new Moment(12 * SECOND / 5, 3_600, 3_000, 2 << 20, 2 * SECOND, 9));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Path csv = directory.resolve("seconds.csv");
    // when
    timeline.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    timeline.writeCsv(csv);
    // then
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines().toList())
        .last()
        .asString()
        .matches(" +2\\.4 +2,000 +2,000 +600 +2 +83");
    assertThat(Files.readAllLines(csv)).last().isEqualTo("2.400,3600,3000,2097152,2000,9");
    assertThat(timeline.peakResidentBytes()).isEqualTo(3 << 20);
  }

  private static Moment at(long seconds) {
    return new Moment(seconds * SECOND, 0, 0, 0, 0, 0);
  }
}
