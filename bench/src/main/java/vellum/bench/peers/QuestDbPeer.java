package vellum.bench.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * QuestDB, a store of time series in columns, as its manual sets it up: records by its line
 * protocol, questions in SQL, commits not forced. See {@link QuestDbTables}.
 */
final class QuestDbPeer implements Peer {

  private static final String PROJECT = "questdb";
  private static final int HEAP_MIB = 512;

  /** How often it removes what it has applied of its write-ahead log. Its default is 30 seconds. */
  private static final Duration PURGES_EVERY = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final int POLL_MS = 20;
  private static final Pattern LOG = Pattern.compile("wal\\d+|txn_seq");
  private static final int TIMES_A_QUESTION = 500;

  private final PeerPlace place;
  private @Nullable PeerProcess process;
  private QuestDbHttp http = new QuestDbHttp(0);
  private int port;

  QuestDbPeer(PeerPlace place) {
    this.place = place;
  }

  @Override
  public List<String> lacks() {
    return List.of(
        "seals nothing: numbers stand in clear in its files",
        "a duplicate replaces what is there, whatever it says: no conflict is noticed",
        "no index of numbers: each is looked for in all rows (an index needs a dictionary, which"
            + " keeps its numbers when their month is dropped)",
        "totals are not kept, each question adds up its month's records",
        "acks come before the disk has the record; a record and its identities are two commits",
        "no proof of erasure, no adjustments of closed months");
  }

  /** Its write-ahead log: a directory for each table and writer. */
  @Override
  public List<Path> logs() {
    try (Stream<Path> files = Files.walk(place.data(), 2)) {
      return files.filter(file -> LOG.matcher(file.getFileName().toString()).matches()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the files of QuestDB", e);
    }
  }

  @Override
  public int batch() {
    return 5_000;
  }

  @Override
  public void start() throws IOException, InterruptedException {
    port = PeerProcess.freePort();
    http = new QuestDbHttp(port);
    Files.createDirectories(place.data());
    Files.createDirectories(place.scratch().resolve("conf"));
    Files.createDirectories(place.scratch().resolve("tmp"));
    Files.write(place.scratch().resolve("conf/server.conf"), settings());
    Files.write(
        place.scratch().resolve("conf/log.conf"),
        List.of(
            "writers=stdout",
            "w.stdout.class=io.questdb.log.LogConsoleWriter",
            "w.stdout.level=ERROR,CRITICAL"));
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("-Xmx" + HEAP_MIB + "m");
    command.add("-Djava.io.tmpdir=" + place.scratch().resolve("tmp"));
    command.addAll(place.classPath(PROJECT));
    command.addAll(List.of("io.questdb.ServerMain", "-d", place.scratch().toString()));
    process = PeerProcess.start(command, Map.of(), place.log(PROJECT));
    process.await(http::ping);
    http.execute(QuestDbTables.create(QuestDbTables.RECORDS));
    http.execute(QuestDbTables.create(QuestDbTables.IDENTITIES));
  }

  private List<String> settings() {
    long offHeap = (PeerProcess.MEMORY_MIB - HEAP_MIB) * 1024L * 1024;
    return List.of(
        "cairo.root=" + place.data(),
        "http.net.bind.to=127.0.0.1:" + port,
        "http.export.connection.limit=16",
        "http.min.enabled=false",
        "line.tcp.enabled=false",
        "pg.enabled=false",
        "telemetry.enabled=false",
        "ram.usage.limit.bytes=" + offHeap,
        "cairo.wal.purge.interval=" + PURGES_EVERY.toMillis());
  }

  @Override
  public void stop() throws InterruptedException {
    if (process != null) {
      process.stop();
    }
  }

  @Override
  public void kill() {
    close();
  }

  @Override
  public void close() {
    if (process != null) {
      process.kill();
    }
  }

  @Override
  public Sender sender(int producer, Acks acks) {
    return new QuestDbSender(port, acks);
  }

  /** Waits until the tables have what is in the write-ahead log. */
  @Override
  public void settle() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isApplied()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("QuestDB did not apply its log within " + PATIENCE);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
  }

  private boolean isApplied() throws IOException, InterruptedException {
    List<List<String>> tables = new ArrayList<>();
    http.query("SELECT suspended, writerTxn, sequencerTxn FROM wal_tables()", tables::add);
    if (tables.stream().anyMatch(table -> table.get(0).equals("true"))) {
      throw new IOException("QuestDB has suspended a table; see " + place.log(PROJECT));
    }
    return tables.stream().allMatch(table -> table.get(1).equals(table.get(2)));
  }

  @Override
  public int list(String account, long fromMicros, long toMicros, int limit)
      throws IOException, InterruptedException {
    int[] rows = new int[1];
    http.query(QuestDbTables.list(account, fromMicros, toMicros, limit), row -> rows[0]++);
    return rows[0];
  }

  @Override
  public int find(String number, int limit) throws IOException, InterruptedException {
    Set<Long> times = new HashSet<>();
    Set<String> ids = new HashSet<>();
    http.query(
        QuestDbTables.find(number, limit),
        row -> {
          times.add(Long.parseLong(row.get(0)));
          ids.add(row.get(1));
        });
    int[] found = new int[1];
    List<Long> all = List.copyOf(times);
    for (int from = 0; from < all.size(); from += TIMES_A_QUESTION) {
      int to = Math.min(all.size(), from + TIMES_A_QUESTION);
      http.query(
          QuestDbTables.startedAt(all.subList(from, to)),
          row -> found[0] += ids.contains(row.get(0)) ? 1 : 0);
    }
    return found[0];
  }

  @Override
  public Totals totals(YearMonth month) throws IOException, InterruptedException {
    long[] sums = new long[4];
    http.query(
        QuestDbTables.totals(month),
        row -> {
          sums[0]++;
          for (int i = 1; i < sums.length; i++) {
            sums[i] += Long.parseLong(row.get(2 + i));
          }
        });
    return new Totals(sums[0], sums[1], sums[2], sums[3]);
  }

  @Override
  public Stripped strip(YearMonth month) throws IOException, InterruptedException {
    long start = System.nanoTime();
    http.execute(QuestDbTables.dropIdentities(month));
    settle();
    long gone = System.nanoTime() - start;
    long done = FileChanges.awaitNone(place.data(), PURGES_EVERY.multipliedBy(2)) - start;
    return new Stripped(gone, Math.max(gone, done));
  }

  @Override
  public void ids(long fromMicros, long toMicros, Consumer<String> sink)
      throws IOException, InterruptedException {
    http.query(QuestDbTables.ids(fromMicros, toMicros), row -> sink.accept(row.get(0)));
  }
}
