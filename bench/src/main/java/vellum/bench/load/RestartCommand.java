package vellum.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vellum.bench.option.Bounds;
import vellum.bench.process.WorkDirectory;

/** How long a server that was killed needs, by what its journal held that was not applied. */
@Command(
    name = "restart",
    header = "Time to start again after kill -9, by backlog.",
    description = {
      "For each size of a backlog: sends as fast as acks allow until that much is acknowledged and",
      "not applied, kills the server (kill -9), starts it again, and says when it accepts, when the",
      "backlog is applied, and whether anything acknowledged is missing. A backlog that the applier",
      "keeps up with is measured as far as it came."
    },
    footer = {"", "Example:", "  vellum bench restart --records 6000000 --backlogs 0,250,1000"},
    mixinStandardHelpOptions = true)
public final class RestartCommand implements Callable<Integer> {

  private static final long MIB = 1 << 20;
  private static final int MOST_MIB = 1 << 20;

  /** Of journal that a record of the default traffic comes to. */
  private static final long JOURNAL_BYTES = 464;

  private static final long DEADLINE_NANOS = TimeUnit.MINUTES.toNanos(10);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private TrafficOptions traffic = new TrafficOptions();

  @Mixin private SendingOptions options = new SendingOptions();

  @Option(
      names = "--backlogs",
      paramLabel = "MIB",
      split = ",",
      defaultValue = "0,100,250",
      description = "Journal not applied, in MiB (default: ${DEFAULT-VALUE}).")
  private List<Integer> backlogs = List.of(0, 100, 250);

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where to keep traffic and data (default: a new temporary one).")
  private @Nullable Path dir;

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    boolean complete = true;
    try (WorkDirectory work = WorkDirectory.of(dir)) {
      Path file = work.path().resolve("traffic");
      traffic.write(file);
      System.out.printf(
          "%12s %14s %12s %12s %12s%n",
          "backlog MiB", "messages", "accepts s", "applied s", "acked lost");
      for (int backlog : backlogs) {
        Path data = work.path().resolve("data-" + backlog);
        complete &= measure(data, file, backlog * MIB);
        work.drop(data);
      }
    }
    return complete ? 0 : 1;
  }

  private void check() throws IOException {
    Bounds bounds = new Bounds(spec);
    traffic.check(bounds);
    options.check(bounds);
    backlogs.forEach(backlog -> bounds.within("--backlogs", backlog, 0, MOST_MIB));
    bounds.directory("--dir", dir).room(dir, traffic.records, TrafficOptions.BYTES_EACH);
    long needed = Collections.max(backlogs) * MIB / JOURNAL_BYTES;
    if (needed > traffic.records) {
      System.err.printf(
          Locale.ROOT,
          "a backlog of %,d MiB needs more than %,d --records: %,d come to about %,d MiB of journal%n",
          Collections.max(backlogs),
          needed,
          traffic.records,
          traffic.records * JOURNAL_BYTES / MIB);
    }
  }

  private boolean measure(Path data, Path file, long bytes)
      throws IOException, InterruptedException {
    Backlog backlog = fill(data, file, bytes);
    long start = System.nanoTime();
    try (ServerProcess server = ServerProcess.start(data, options.settings())) {
      long accepts = System.nanoTime();
      while (server.status().at("/apply/lag_entries").asLong() > 0) {
        if (System.nanoTime() - start > DEADLINE_NANOS) {
          throw new IOException("the backlog was not applied within ten minutes");
        }
        TimeUnit.MILLISECONDS.sleep(10);
      }
      long applied = System.nanoTime();
      JsonNode count = server.count();
      long there = outcomes(count);
      System.out.printf(
          "%,12d %,14d %12.2f %12.2f %,12d%n",
          backlog.bytes / MIB,
          backlog.messages,
          (accepts - start) / 1e9,
          (applied - start) / 1e9,
          Math.max(0, backlog.acked - there));
      return there >= backlog.acked;
    }
  }

  private static long outcomes(JsonNode count) {
    long sum = 0;
    for (String name : List.of("records", "updates", "duplicates", "stale", "conflicts")) {
      sum += count.get(name).asLong();
    }
    return sum;
  }

  /** What a killed server left. */
  private record Backlog(long messages, long bytes, long acked) {}

  private Backlog fill(Path data, Path file, long wanted) throws IOException, InterruptedException {
    try (ServerProcess server = ServerProcess.start(data, options.settings())) {
      Sender sender = new Sender(server, options.burst(), () -> 0);
      Background sending = Background.start(sender, new TrafficFile.Reader(file));
      Backlog seen = look(server, sender);
      while (seen.bytes < wanted && !sending.isOver()) {
        TimeUnit.MILLISECONDS.sleep(20);
        seen = look(server, sender);
      }
      if (wanted == 0) {
        sending.join();
        seen = look(server, sender);
        while (seen.messages > 0) {
          TimeUnit.MILLISECONDS.sleep(20);
          seen = look(server, sender);
        }
      }
      seen = look(server, sender);
      server.kill();
      sender.abandon();
      // What was acknowledged between the look and the kill counts too.
      return new Backlog(seen.messages, seen.bytes, sender.acked());
    }
  }

  private static Backlog look(ServerProcess server, Sender sender)
      throws IOException, InterruptedException {
    JsonNode status = server.status();
    long acked = sender.acked();
    long messages = Math.max(0, acked - status.at("/apply/messages").asLong());
    long bytes = status.at("/journal/appended_bytes").asLong();
    return new Backlog(messages, acked == 0 ? 0 : messages * bytes / acked, acked);
  }
}
