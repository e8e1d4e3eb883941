package vellum.bench.strip;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vellum.bench.process.Usage;

/**
 * Looks at a node many times a second and notes what it sees. {@link #run} is for a thread of its
 * own; the rest is thread-safe.
 */
final class Watch implements Runnable {

  private static final int STEP_MS = 50;
  private static final int SIZES_EVERY = 10;
  private static final String WORKER = "vellum-retention";
  private static final String WRITER = "vellum-retention-write";

  private final NodeHere node;
  private final Path data;
  private final LongSupplier acked;
  private final List<Sample> samples = new ArrayList<>();
  private volatile String period = "";
  private volatile long applied;
  private volatile boolean stopped;
  private volatile @Nullable RuntimeException failure;

  /**
   * What was seen at a moment.
   *
   * @param stage of the period that is watched, empty while none is
   * @param since when it came there, by the node's clock
   * @param progress of its rewriting, 0 to 1; negative while it is not rewritten
   * @param periodBytes of its files
   * @param workerCpuNanos of the thread that erases
   * @param writerCpuNanos of the thread that packs archives
   * @param cpuNanos of the process
   * @param dataBytes of all files of the node
   */
  record Sample(
      long nanos,
      long applied,
      long acked,
      String stage,
      Instant since,
      double progress,
      long periodBytes,
      long workerCpuNanos,
      long writerCpuNanos,
      long cpuNanos,
      long residentBytes,
      long heapBytes,
      long dataBytes) {}

  /**
   * @param acked messages acknowledged so far
   */
  Watch(NodeHere node, Path data, LongSupplier acked) {
    this.node = node;
    this.data = data;
    this.acked = acked;
  }

  /** Looks at this period's stages from now on. */
  void follow(String name) {
    period = name;
  }

  @Override
  public void run() {
    try {
      long sizes = 0;
      for (int step = 0; !stopped; step++) {
        applied = node.applied();
        if (step % SIZES_EVERY == 0) {
          sizes = bytes(data);
        }
        Sample sample = sample(sizes);
        synchronized (samples) {
          samples.add(sample);
        }
        TimeUnit.MILLISECONDS.sleep(STEP_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private Sample sample(long sizes) {
    String name = period;
    String stage = "";
    Instant since = Instant.EPOCH;
    double progress = -1;
    long periodBytes = 0;
    if (!name.isEmpty()) {
      JsonNode seen = node.period(name);
      stage = seen.path("stage").asText();
      since = Instant.parse(seen.path("since").asText());
      progress = seen.path("progress").asDouble(-1);
      periodBytes = seen.path("bytes").asLong();
    }
    return new Sample(
        System.nanoTime(),
        applied,
        acked.getAsLong(),
        stage,
        since,
        progress,
        periodBytes,
        threadCpuNanos(WORKER),
        threadCpuNanos(WRITER),
        Usage.ownCpuNanos(),
        Usage.ownResidentBytes(),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        sizes);
  }

  void stop() {
    stopped = true;
  }

  private void requireNoFailure() {
    RuntimeException failed = failure;
    if (failed != null) {
      throw failed;
    }
  }

  /** Messages applied, as of the last look. */
  long applied() {
    requireNoFailure();
    return applied;
  }

  /** What was seen last; empty before the first look. */
  Optional<Sample> last() {
    requireNoFailure();
    synchronized (samples) {
      return samples.isEmpty() ? Optional.empty() : Optional.of(samples.get(samples.size() - 1));
    }
  }

  /** All that was seen so far. */
  List<Sample> samples() {
    requireNoFailure();
    synchronized (samples) {
      return List.copyOf(samples);
    }
  }

  private static long threadCpuNanos(String name) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().equals(name)) {
        return Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
      }
    }
    return 0;
  }

  /** Bytes of all files below a directory; those that go meanwhile do not count. */
  static long bytes(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.mapToLong(Watch::size).sum();
    } catch (UncheckedIOException | IOException e) {
      return 0;
    }
  }

  private static long size(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (NoSuchFileException gone) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
