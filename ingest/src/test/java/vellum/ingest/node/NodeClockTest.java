package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node that is started again with another clock, on a machine that stays up. */
final class NodeClockTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "PT0S, TRUSTED: nothing to confirm",
    "PT3H, CLOCK_JUMPED_AHEAD by ",
    "PT-1H, CLOCK_WENT_BACK by ",
    "PT8760H, CLOCK_JUMPED_AHEAD by "
  })
  void shouldCheckTheClockAgainstTheUptimeAtARestart(Duration turned, String state)
      throws Exception {
    assumeThat(BootClock.ofThisMachine().get()).isPresent();
    // given
    NodeConfig config = NodeFixture.config(directory.resolve("data"));
    Node.open(config, InstantSource.fixed(NodeFixture.NOW)).close();
    // when
    try (Node node = Node.open(config, InstantSource.fixed(NodeFixture.NOW.plus(turned)))) {
      // then
      assertThat(clock(node)).contains(state);
    }
  }

  @Test
  void shouldNotMeasureMovedClocksByTheUptime() throws Exception {
    // given
    NodeConfig config = NodeFixture.config(directory.resolve("data"));
    InstantSource first = InstantSource.fixed(NodeFixture.NOW);
    InstantSource second = InstantSource.fixed(NodeFixture.NOW.plus(Duration.ofHours(3)));
    Node.open(config, first, () -> 0).close();
    // when
    try (Node node = Node.open(config, second, () -> 0)) {
      // then
      assertThat(clock(node)).contains("TRUSTED, 3 h behind the wall clock");
    }
  }

  private static String clock(Node node) throws Exception {
    return NodeFixture.call(node.httpAddress(), node.token(), "GET", "/v1/retention/clock", "")
        .body();
  }
}
