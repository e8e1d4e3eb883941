package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import vellum.core.disk.RealDisk;
import vellum.ingest.client.ClientException;
import vellum.ingest.client.Outcome;
import vellum.ingest.client.VellumClient;
import vellum.ingest.demo.MovedClock;
import vellum.ingest.demo.RecordFile;
import vellum.ingest.endpoint.Endpoint;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.oracle.DuckTotals;
import vellum.v1.DetailRecord;
import vellum.v1.RejectionCode;

/**
 * A node on moved clocks, and the oracle beside it: what is sent to the one is written as NDJSON
 * and read by the other. For one thread.
 */
final class OracleRig implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd");

  final DuckTotals duck = new DuckTotals();
  final MovedClock clock;
  private final Path home;
  private Path data;
  private Node node;
  private ServerCalls calls;
  private int lives;
  private long epoch;
  private long sent;

  OracleRig(Path home, Instant start) throws SQLException, IOException {
    this.home = home;
    this.clock = new MovedClock(InstantSource.system(), System::nanoTime, start);
    this.data = home.resolve("data-0");
    open();
  }

  private void open() {
    NodeConfig config =
        NodeConfig.load(
                null,
                Map.of(),
                List.of(
                    "journal.reserve_bytes=64 MiB",
                    "journal.resume_bytes=80 MiB",
                    "store.cache_bytes=16 MiB",
                    "apply.flush_age=1s"))
            .withData(data)
            .withPorts(0, 0);
    node = Node.open(config, clock, clock::nanos);
    calls = new ServerCalls(Endpoint.of(data));
  }

  Node node() {
    return node;
  }

  ServerCalls calls() {
    return calls;
  }

  Path data() {
    return data;
  }

  /** Messages sent. */
  long sent() {
    return sent;
  }

  /** Registers accounts and suppliers with both. */
  void register(byte[] yaml) throws SQLException, IOException {
    calls.post("/v1/accounts/import", "application/yaml", yaml);
    duck.register(yaml);
  }

  /** Sends messages, and waits until they are applied; the oracle has read them then, too. */
  void send(Iterator<DetailRecord> messages) throws SQLException, IOException {
    Path file = home.resolve("sent.ndjson");
    Answers tally = new Answers();
    long count = 0;
    try (RecordFile lines = RecordFile.create(file);
        VellumClient client = NodeFixture.client(node.tcpAddress(), node.token(), ++epoch)) {
      while (messages.hasNext()) {
        DetailRecord message = messages.next();
        lines.write(message);
        client.send(message, tally);
        count++;
      }
      client.flush(PATIENCE);
    }
    assertThat(tally.rejected).as("rejected").isEmpty();
    assertThat(tally.taken.get()).as("acknowledged").isEqualTo(count);
    sent += count;
    duck.load(file);
    Files.delete(file);
    awaitApplied();
  }

  /** Counts what was taken, and keeps why something was not. */
  private static final class Answers implements Outcome {
    private final AtomicLong taken = new AtomicLong();
    private final Set<String> rejected = ConcurrentHashMap.newKeySet();

    @Override
    public void taken(long sequence) {
      taken.incrementAndGet();
    }

    @Override
    public void rejected(long sequence, RejectionCode code, String reason) {
      rejected.add(code + " " + reason);
    }

    @Override
    public void failed(ClientException cause) {
      // Shows as a message that was not taken.
    }
  }

  /** Waits until everything acknowledged is applied. */
  void awaitApplied() {
    calls.get("/v1/records/count");
  }

  /** Ends the node as a shutdown does, and starts it again. */
  void restart() {
    node.close();
    open();
  }

  /**
   * Starts a node on what a crash would leave: a copy of the files as they are, while the node runs
   * that has not flushed.
   */
  void crash() {
    awaitClockNoted();
    Path copy = home.resolve("data-" + ++lives);
    copy(data, copy);
    node.close();
    try {
      new RealDisk().deleteTree(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    data = copy;
    open();
  }

  /**
   * Waits until the node noted the time to which the clocks were moved, as it does twice a second:
   * a crash before that would look like a month in which it stood still.
   */
  private void awaitClockNoted() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Instant moved = clock.instant().minus(Duration.ofHours(1));
    while (noted().isBefore(moved)) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("the time was not noted: " + noted());
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  private Instant noted() {
    return Instant.parse(calls.get("/v1/retention/status").at("/clock/wall").asText());
  }

  /** Moves the clocks, and waits until what is due by then is erased. */
  void moveTo(Instant time) {
    clock.moveTo(time);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (isDue(calls.get("/v1/retention/status"))) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not erased: " + calls.get("/v1/retention/status"));
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** By the rig's clock: the one that may erase lags behind it, by the crashes' time. */
  private boolean isDue(JsonNode status) {
    Instant at = clock.instant();
    for (JsonNode period : status.path("periods")) {
      String stage = period.path("stage").asText();
      boolean isMoving = !List.of("LIVE", "MAKING", "ARCHIVED", "EXPIRED").contains(stage);
      boolean isPast =
          stage.equals("LIVE") && isPast(period, "identities_gone_by", at)
              || stage.equals("ARCHIVED") && isPast(period, "removed_by", at);
      if (isMoving || isPast) {
        return true;
      }
    }
    return status.path("overdue").asLong() > 0;
  }

  private static boolean isPast(JsonNode period, String field, Instant at) {
    return period.hasNonNull(field) && !Instant.parse(period.path(field).asText()).isAfter(at);
  }

  /** Stage of a period. */
  String stage(String period) {
    for (JsonNode one : calls.get("/v1/retention/status").path("periods")) {
      if (one.path("period").asText().equals(period)) {
        return one.path("stage").asText();
      }
    }
    return "NONE";
  }

  /** A day as keys have it. */
  static String day(int epochDay) {
    return DAY.format(java.time.LocalDate.ofEpochDay(epochDay).atStartOfDay(ZoneOffset.UTC));
  }

  private static void copy(Path from, Path to) {
    try {
      make(to);
      while (!copiedAtOneMoment(from, to)) {
        new RealDisk().deleteTree(to);
        make(to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void make(Path directory) throws IOException {
    Files.createDirectory(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static boolean copiedAtOneMoment(Path from, Path to) throws IOException {
    try {
      List<Path> before = files(from);
      for (Path file : before) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
      return files(from).equals(before);
    } catch (NoSuchFileException deletedMeanwhile) {
      return false;
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        return false;
      }
      throw e;
    }
  }

  /** Files of a directory, manifests first: what they name is copied after them. */
  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .sorted(
              Comparator.comparing((Path file) -> file.toString().endsWith(".sst"))
                  .thenComparing(Comparator.naturalOrder()))
          .toList();
    }
  }

  @Override
  public void close() throws SQLException {
    node.close();
    duck.close();
  }
}
