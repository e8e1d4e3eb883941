package vellum.bench.find;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.bench.engine.Engine;
import vellum.bench.process.WorkDirectory;
import vellum.core.record.MonthId;
import vellum.core.search.Reach;
import vellum.ingest.terminal.Screen;

final class FindRunTest {

  private static final Screen SILENT =
      new Screen(
          new ByteArrayInputStream(new byte[0]),
          new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
          new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
          Map.of(),
          false,
          false);

  @Test
  void shouldGetEveryAnswerRightOfEveryStore() throws IOException, InterruptedException {
    // given
    FindRun.Plan plan = new FindRun.Plan(1300, 2, Duration.ZERO);
    List<FindRun.Asked> asked = new ArrayList<>();

    // when
    try (WorkDirectory work = WorkDirectory.temporary()) {
      new FindRun(work, plan).run(SILENT, asked::add);
    }

    // then
    assertThat(asked.stream().map(FindRun.Asked::months)).containsExactly(1, 1, 4, 4, 13, 13);
    assertThat(asked.stream().map(FindRun.Asked::isWithVault))
        .containsExactly(false, true, false, true, false, true);
    assertThat(asked)
        .allSatisfy(
            one -> {
              assertThat(one.wrong()).isZero();
              assertThat(one.timings())
                  .hasSize(5)
                  .allSatisfy(
                      timing -> {
                        assertThat(timing.cold().size()).isPositive();
                        assertThat(timing.warm().size()).isEqualTo(3 * timing.cold().size());
                      });
            });
  }

  @Test
  void shouldNoticeWhatIsNotFound(@TempDir Path directory) {
    // given
    People people = new People(2, List.of(1));
    SearchedStore store = new SearchedStore(directory, 100, people);
    store.fill(1, more -> {});

    // when
    UUID unmade = new UUID(1, 1);
    people.busy(1).get(0).add(new Person.Kept(MonthId.parse("2026-11.default"), "x", unmade));

    // then
    try (Engine engine = store.open()) {
      Asking asking = new Asking(engine, Reach.NONE, people, 1);
      asking.round(true);
      assertThat(asking.wrong()).isEqualTo(1);
    }
  }

  @Test
  void shouldMakeStoresOfAHundredthAndATenthThatHaveTrafficEnough() {
    assertThat(new FindRun.Plan(1_300_000, 1, Duration.ZERO).sizes())
        .containsExactly(1000L, 10_000L, 100_000L);
    assertThat(new FindRun.Plan(13_000, 1, Duration.ZERO).sizes()).containsExactly(100L, 1000L);
    assertThat(new FindRun.Plan(13, 1, Duration.ZERO).sizes()).containsExactly(1L);
  }
}
