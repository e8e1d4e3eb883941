package vellum.bench.load;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import vellum.bench.option.Bounds;

/** How the load programs send, and to what kind of server. */
final class SendingOptions {

  private static final int MOST_RATE = 100_000_000;

  /** As the client has them. */
  private static final int MOST_STREAMS = 256;

  private static final int MOST_BATCH = 65_536;

  @Option(
      names = "--lag",
      paramLabel = "N",
      defaultValue = "2000000",
      description =
          "Most messages sent and not yet applied, without --burst (default: ${DEFAULT-VALUE}).")
  private long lag = 2_000_000;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Messages a second; latency then counts from when a message was due (default: ${DEFAULT-VALUE}).")
  private long rate;

  @Option(
      names = "--ack",
      paramLabel = "MODE",
      defaultValue = "disk",
      description = "When the server acknowledges: disk or memory (default: ${DEFAULT-VALUE}).")
  private String ack = "disk";

  @Option(
      names = "--streams",
      paramLabel = "N",
      defaultValue = "2",
      description = "Parallel connections (default: ${DEFAULT-VALUE}).")
  private int streams = 2;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "500",
      description = "Most records of a batch (default: ${DEFAULT-VALUE}).")
  private int batch = 500;

  @Option(names = "--zstd", description = "Compress batches.")
  private boolean zstd;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "A setting of the server; may be given often.")
  private List<String> settings = new ArrayList<>();

  /** What these may be. */
  void check(Bounds bounds) {
    bounds
        .within("--lag", lag, 1, Integer.MAX_VALUE)
        .within("--rate", rate, 0, MOST_RATE)
        .oneOf("--ack", ack, List.of("disk", "memory"))
        .within("--streams", streams, 1, MOST_STREAMS)
        .within("--batch", batch, 1, MOST_BATCH);
  }

  /** How to send, within the lag. */
  Sender.Sending sending() {
    return new Sender.Sending(streams, batch, zstd, lag, rate, 0);
  }

  /** How to send as fast as acks allow. */
  Sender.Sending burst() {
    return new Sender.Sending(streams, batch, zstd, Long.MAX_VALUE, rate, 0);
  }

  /** Settings of the server. */
  List<String> settings() {
    List<String> all = new ArrayList<>(settings);
    all.add("journal.ack=" + ack);
    return all;
  }
}
