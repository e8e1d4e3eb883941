package vellum.bench.peers;

import com.google.protobuf.Message;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import vellum.v1.DetailRecord;

/**
 * Kafka and Cassandra as a user would assemble them: producers write to Kafka, {@link
 * CassandraConsumer} reads there and writes to {@link CassandraTables}, questions go to Cassandra.
 */
final class CassandraPeer implements Peer {

  private static final int KAFKA_HEAP_MIB = 256;

  private static final String CLIENT = "cassandra-client";
  private static final int CONSUMER_HEAP_MIB = 192;
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final Duration QUIET = Duration.ofSeconds(5);
  private static final int POLL_MS = 20;

  private final PeerPlace place;
  private final KafkaPeer kafka;
  private @Nullable Running running;

  /** What runs beside Kafka, and how it is asked. */
  private record Running(CassandraServer server, CassandraSession session, PeerProcess consumer) {}

  CassandraPeer(PeerPlace place) {
    this.place = place;
    this.kafka = new KafkaPeer(place, false, KAFKA_HEAP_MIB);
  }

  @Override
  public List<String> lacks() {
    return List.of(
        "seals nothing: numbers stand in clear in Kafka's log and in Cassandra's files",
        "acked is not stored: a record can be looked up when the consumer has written it",
        "acks and writes come before the disk has them",
        "the last write of a record wins, whatever it says: no conflict is noticed",
        "no exact totals of its own (counters count repeats again): the consumer keeps them, and"
            + " knows duplicates among its last "
            + CassandraTotals.REMEMBERED
            + " records only",
        "numbers stay in Kafka's log for as long as it keeps messages (ended here by the strip)",
        "no proof of erasure, no adjustments of closed months");
  }

  @Override
  public List<Path> logs() {
    return List.of(kafka.data(), CassandraServer.commitLog(place));
  }

  @Override
  public int batch() {
    return kafka.batch();
  }

  @Override
  public void start() throws IOException, InterruptedException {
    Files.createDirectories(place.data());
    Files.createDirectories(place.scratch());
    kafka.start();
    CassandraServer server = CassandraServer.start(place);
    CassandraSession session = new CassandraSession(server.port());
    session.change(List.of(CassandraTables.CREATE_KEYSPACE, CassandraTables.CREATE_OFFSETS));
    running =
        new Running(
            server,
            session,
            PeerProcess.start(consumer(server.port()), Map.of(), place.log("consumer")));
  }

  private List<String> consumer(int cassandra) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("-Xmx" + CONSUMER_HEAP_MIB + "m");
    command.add("-Djava.io.tmpdir=" + place.scratch());
    command.add("-cp");
    command.add(
        Stream.concat(
                Stream.of(place.jars().of(CLIENT) + "/*"),
                Stream.of(CassandraConsumer.class, DetailRecord.class, Message.class)
                    .map(CassandraPeer::jarOf))
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(CassandraConsumer.class.getName());
    command.addAll(List.of(kafka.servers(), KafkaPeer.TOPIC, Integer.toString(cassandra)));
    return command;
  }

  private static String jarOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the place of " + type + " is no path", e);
    }
  }

  private Running running() {
    if (running == null) {
      throw new IllegalStateException("Kafka and Cassandra do not run");
    }
    return running;
  }

  @Override
  public void stop() throws IOException, InterruptedException {
    Running all = running();
    all.session.close();
    all.consumer.stop();
    all.server.stop();
    kafka.stop();
    running = null;
  }

  @Override
  public void kill() throws IOException, InterruptedException {
    end();
    kafka.kill();
  }

  @Override
  public void close() {
    end();
    kafka.close();
  }

  private void end() {
    if (running != null) {
      running.consumer.kill();
      running.server.close();
      running.session.close();
      running = null;
    }
  }

  @Override
  public Sender sender(int producer, Acks acks) throws Exception {
    return kafka.sender(producer, acks);
  }

  /** Waits until the consumer has written what Kafka has. */
  @Override
  public void settle() throws IOException, InterruptedException {
    Running all = running();
    Map<TopicPartition, Long> ends = ends();
    CassandraWriter offsets = new CassandraWriter(all.session);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isWritten(ends, offsets.offsets())) {
      if (System.nanoTime() - deadline > 0 || !all.consumer.isAlive()) {
        throw new IOException("the consumer did not write everything; see " + place.work());
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
    all.session.refresh();
  }

  private Map<TopicPartition, Long> ends() {
    try (KafkaConsumer<byte[], byte[]> log =
        new KafkaConsumer<>(CassandraConsumer.settings(kafka.servers()))) {
      return log.endOffsets(CassandraConsumer.sources(log, KafkaPeer.TOPIC));
    }
  }

  private static boolean isWritten(Map<TopicPartition, Long> ends, Map<Integer, Long> written) {
    return ends.entrySet().stream()
        .allMatch(end -> written.getOrDefault(end.getKey().partition(), 0L) >= end.getValue());
  }

  private CassandraReader reader() {
    return new CassandraReader(running().session);
  }

  @Override
  public int list(String account, long fromMicros, long toMicros, int limit) {
    return reader().list(account, fromMicros, toMicros, limit);
  }

  @Override
  public int find(String number, int limit) {
    return reader().find(number, limit);
  }

  @Override
  public Totals totals(YearMonth month) {
    return reader().totals(month);
  }

  @Override
  public Stripped strip(YearMonth month) throws IOException, InterruptedException {
    long start = System.nanoTime();
    running().session.change(CassandraTables.strip(month));
    long gone = System.nanoTime() - start;
    new KafkaRetention(kafka.servers(), kafka.data()).expire();
    running().server.rewrite(CassandraTables.table(CassandraTables.RECORDS, month));
    long done = System.nanoTime() - start;
    long still = FileChanges.awaitNone(CassandraServer.data(place), QUIET) - start;
    return new Stripped(gone, Math.max(done, still));
  }

  @Override
  public void ids(long fromMicros, long toMicros, Consumer<String> sink) {
    reader().ids(fromMicros, toMicros, sink);
  }
}
