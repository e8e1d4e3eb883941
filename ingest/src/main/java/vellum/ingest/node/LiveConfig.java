package vellum.ingest.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The configuration of a running node: the few settings that can change are taken over from a later
 * one, the others stay until a restart. Thread-safe.
 */
final class LiveConfig {

  /** What can change while the server runs; {@code config/vellum.yaml} marks each. */
  static final Set<String> LIVE =
      Set.of(
          "node.throttle_bytes",
          "node.stop_within",
          "log.level",
          "ingest.max_connections",
          "ingest.handshake_ms",
          "ingest.frame_ms",
          "ingest.idle_ms",
          "ingest.slow_reader_ms",
          "ingest.drain_ms",
          "ingest.retry_after_ms");

  private volatile NodeConfig now;

  LiveConfig(NodeConfig atStart) {
    now = atStart;
  }

  /** As it is in force. */
  NodeConfig now() {
    return now;
  }

  /**
   * What became of a later configuration; each line names a setting and both values.
   *
   * @param taken in force now
   * @param kept for the next start
   */
  record Change(List<String> taken, List<String> kept) {}

  /**
   * Takes over what can change.
   *
   * @throws NodeException.BadConfig when it would contradict what stays; nothing is changed
   */
  synchronized Change take(NodeConfig later) {
    Map<String, String> wanted = later.settings();
    List<String> settings = new ArrayList<>();
    List<String> taken = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    now.settings()
        .forEach(
            (setting, value) -> {
              String next = wanted.getOrDefault(setting, value);
              boolean isLive = LIVE.contains(setting);
              settings.add(setting + "=" + (isLive ? next : value));
              if (!next.equals(value)) {
                (isLive ? taken : kept).add(setting + ": " + value + " -> " + next);
              }
            });
    now = NodeConfig.load(null, Map.of(), settings);
    return new Change(taken, kept);
  }
}
