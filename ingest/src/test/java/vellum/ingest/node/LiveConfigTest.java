package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LiveConfigTest {

  private final LiveConfig live = new LiveConfig(NodeConfig.defaults());

  @Test
  void shouldTakeOverWhatIsLiveAndNameTheRest() {
    // when
    LiveConfig.Change change =
        live.take(
            config("ingest.idle_ms=20s", "journal.ack=memory", "log.level=debug", "http.port=1"));
    // then
    assertThat(change.taken())
        .containsExactlyInAnyOrder("ingest.idle_ms: 60s -> 20s", "log.level: info -> debug");
    assertThat(change.kept())
        .containsExactlyInAnyOrder("journal.ack: disk -> memory", "http.port: 7480 -> 1");
    assertThat(live.now()).isEqualTo(config("ingest.idle_ms=20s", "log.level=debug"));
  }

  @Test
  void shouldGoBackToo() {
    live.take(config("node.stop_within=5s"));
    LiveConfig.Change change = live.take(NodeConfig.defaults());
    assertThat(change.taken()).containsExactly("node.stop_within: 5s -> 30s");
    assertThat(live.now()).isEqualTo(NodeConfig.defaults());
  }

  @Test
  void shouldChangeNothingWhenItWouldContradictWhatStays() {
    // given: a throttle that only a smaller segment allows, and segments stay as they are
    NodeConfig later = config("node.throttle_bytes=1 GiB", "journal.segment_bytes=256 MiB");
    // then
    assertThatThrownBy(() -> live.take(later))
        .isInstanceOf(NodeException.BadConfig.class)
        .hasMessageContaining("node.throttle_bytes");
    assertThat(live.now()).isEqualTo(NodeConfig.defaults());
  }

  @Test
  void shouldTakeOverEverySettingThatIsMarked() {
    // given
    Map<String, String> other =
        Map.of(
            "node.throttle_bytes", "8 GiB",
            "node.stop_within", "7s",
            "log.level", "warn",
            "ingest.max_connections", "7",
            "ingest.handshake_ms", "7s",
            "ingest.frame_ms", "7s",
            "ingest.idle_ms", "7s",
            "ingest.slow_reader_ms", "7s",
            "ingest.drain_ms", "7s",
            "ingest.retry_after_ms", "7s");
    assertThat(other.keySet()).isEqualTo(LiveConfig.LIVE);
    List<String> flags = new ArrayList<>();
    other.forEach((key, value) -> flags.add(key + "=" + value));
    // when
    live.take(config(flags.toArray(new String[0])));
    // then
    assertThat(live.now().settings()).containsAllEntriesOf(other);
  }

  @Test
  void shouldRefuseAWrongConfigurationWithoutHarm() {
    List<NodeConfig> taken = new ArrayList<>();
    Reload reload = new Reload(live, taken::add);

    reload.run(() -> config("ingest.idle_ms=soon"));
    assertThat(taken).isEmpty();
    assertThat(live.now()).isEqualTo(NodeConfig.defaults());

    reload.run(() -> config("ingest.idle_ms=20s"));
    assertThat(taken).containsExactly(live.now());
  }

  private static NodeConfig config(String... flags) {
    return NodeConfig.load(null, Map.of(), List.of(flags));
  }
}
