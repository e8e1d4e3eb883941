package vellum.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
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

/** How ingest, memory, disk and look-ups change while a server grows. */
@Command(
    name = "growth",
    header = "Ingest, memory, disk and look-ups while a server grows.",
    description = {
      "Sends --records to one server, made while they are sent, and says at 1, 2, 5, 10, 20, 50, 100",
      "million and at the end: records applied a second since the mark before, CPU a message, memory,",
      "bytes on the disk a record, bytes written a record, and how long look-ups take meanwhile.",
      "Ends early, and says so, when the disk has less than 15 GiB left."
    },
    footer = {"", "Example:", "  vellum bench growth --records 100000000 --aspects 0"},
    mixinStandardHelpOptions = true)
public final class GrowthCommand implements Callable<Integer> {

  private static final long LEAST_FREE = 15L << 30;
  private static final long MILLION = 1_000_000;
  private static final long[] STEPS = {1, 2, 5};
  private static final int LOOK_SECONDS = 2;
  private static final int LOOKS_A_SECOND = 25;
  private static final long SAMPLED = 100_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private TrafficOptions traffic = new TrafficOptions();

  @Mixin private SendingOptions options = new SendingOptions();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where to keep the data (default: a new temporary one).")
  private @Nullable Path dir;

  private volatile long applied;

  /** Whether a look-up went without an answer. */
  private boolean failed;

  /** What was seen at a mark. */
  private record Mark(long nanos, long messages, long cpuNanos, long writtenBytes) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Bounds bounds = new Bounds(spec).directory("--dir", dir);
    traffic.check(bounds);
    options.check(bounds);
    try (WorkDirectory work = WorkDirectory.of(dir);
        ServerProcess server =
            ServerProcess.start(work.path().resolve("data"), options.settings())) {
      Sender sender = new Sender(server, options.sending(), () -> applied);
      Background sending =
          Background.start(sender, new TrafficStream(traffic.traffic(), traffic.form()));
      Samples samples;
      try (Traffic same = new TrafficStream(traffic.traffic(), traffic.form())) {
        samples = Samples.of(new First(same, SAMPLED), SAMPLED, traffic.seed);
      }
      header();
      Mark last = mark(server);
      long next = MILLION;
      while (!sending.isOver() && work.freeBytes() > LEAST_FREE) {
        applied = server.status().at("/apply/messages").asLong();
        if (applied >= next) {
          last = print(server, last, look(server, samples));
          next = after(next);
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
      boolean full = !sending.isOver();
      long sent = sending.end();
      while (applied < sent - sender.rejected()) {
        TimeUnit.MILLISECONDS.sleep(50);
        applied = server.status().at("/apply/messages").asLong();
      }
      print(server, last, look(server, samples));
      JsonNode count = server.count();
      boolean complete = sender.failed() == 0 && sender.acked() == sent && !failed;
      System.out.printf(
          Locale.ROOT,
          "%,d messages acknowledged of %,d, %,d records there%s%s%n",
          sender.acked(),
          sent,
          count.get("records").asLong(),
          failed ? "; look-ups went without an answer" : "",
          full ? "; ended early: less than 15 GiB of disk left" : "");
      return complete ? 0 : 1;
    }
  }

  /** 1, 2, 5, 10, 20, 50, … million. */
  static long after(long mark) {
    long unit = MILLION;
    while (unit * 10 <= mark) {
      unit *= 10;
    }
    for (long step : STEPS) {
      if (step * unit > mark) {
        return step * unit;
      }
    }
    return unit * 10;
  }

  private Mark mark(ServerProcess server) throws IOException, InterruptedException {
    applied = server.status().at("/apply/messages").asLong();
    return new Mark(System.nanoTime(), applied, server.cpu().toNanos(), server.writtenBytes());
  }

  private Questions look(ServerProcess server, Samples samples) {
    Questions questions =
        new Questions(
            Questions.Kind.HOUR, Questions.of(server), samples, LOOK_SECONDS, LOOKS_A_SECOND);
    questions.run();
    failed |= !questions.isAnswered();
    return questions;
  }

  private static void header() {
    System.out.printf(
        "%13s %11s %8s %9s %9s %11s %10s %10s%n",
        "messages",
        "applied/s",
        "CPU us",
        "anon MiB",
        "B/record",
        "B written",
        "look p50",
        "look p99");
  }

  private Mark print(ServerProcess server, Mark before, Questions look)
      throws IOException, InterruptedException {
    Mark now = mark(server);
    double messages = Math.max(1, now.messages - before.messages);
    JsonNode status = server.status();
    long records = 0;
    for (JsonNode month : status.get("months")) {
      records += month.get("records").asLong();
    }
    System.out.printf(
        Locale.ROOT,
        "%,13d %,11.0f %8.2f %,9d %9.0f %11.0f %7.1f ms %7.1f ms%n",
        now.messages,
        messages * 1e9 / (now.nanos - before.nanos),
        (now.cpuNanos - before.cpuNanos) / 1e3 / messages,
        server.residentBytes() >> 20,
        (double) ServerProcess.monthBytes(status) / Math.max(1, records),
        (now.writtenBytes - before.writtenBytes) / messages,
        look.millis(50),
        look.millis(99));
    return now;
  }

  /** The first messages of a traffic. */
  private static final class First implements Traffic {
    private final Traffic all;
    private long left;

    First(Traffic all, long left) {
      this.all = all;
      this.left = left;
    }

    @Override
    public int next() throws IOException {
      return left-- > 0 ? all.next() : -1;
    }

    @Override
    public byte[] bytes() {
      return all.bytes();
    }
  }
}
