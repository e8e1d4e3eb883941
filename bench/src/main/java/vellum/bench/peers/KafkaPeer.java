package vellum.bench.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka node, broker and controller (KRaft), as a log and nothing else: messages are appended
 * to a topic of some partitions, and never looked up.
 */
final class KafkaPeer implements Peer {

  static final String TOPIC = "records";
  static final int PARTITIONS = 8;

  /** As it is shipped. */
  static final int HEAP_MIB = 1024;

  private static final String PROJECT = "kafka";
  private static final int TRY_MS = 2_000;

  private final PeerPlace place;
  private final boolean forced;
  private final int heapMib;
  private @Nullable PeerProcess process;
  private int port;
  private int controllerPort;

  /**
   * @param forced whether each message is forced to the disk before its ack
   * @param heapMib of its memory
   */
  KafkaPeer(PeerPlace place, boolean forced, int heapMib) {
    this.place = place;
    this.forced = forced;
    this.heapMib = heapMib;
  }

  @Override
  public List<String> lacks() {
    List<String> lacks =
        new ArrayList<>(
            List.of(
                "look-ups, totals, merged aspects: it is a log",
                "duplicates that a producer did not make by resending",
                "sealing, erasure of a month's identities, proof"));
    if (!forced) {
      lacks.add("the disk: on one node an acked record is in the page cache, not forced");
    }
    return lacks;
  }

  /** Where clients connect. */
  String servers() {
    return "127.0.0.1:" + port;
  }

  /** Its log. */
  Path data() {
    return place.data().resolve(PROJECT);
  }

  private Path properties() {
    return place.scratch().resolve("kafka.properties");
  }

  @Override
  public void start() throws IOException, InterruptedException {
    if (!Files.exists(data())) {
      format();
    }
    process = PeerProcess.start(java("kafka.Kafka", properties().toString()), Map.of(), log());
    process.await(this::answers);
  }

  private Path log() {
    return place.log(PROJECT);
  }

  /** A node's address stays the same over a restart, so that producers and metadata find it. */
  private void format() throws IOException, InterruptedException {
    port = PeerProcess.freePort();
    controllerPort = PeerProcess.freePort();
    Files.writeString(properties(), String.join("\n", settings()) + '\n');
    PeerProcess.run(
        java(
            "kafka.tools.StorageTool",
            "format",
            "-t",
            Uuid.randomUuid().toString(),
            "-c",
            properties().toString()),
        Map.of(),
        log());
  }

  private List<String> settings() {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
                "controller.listener.names=CONTROLLER",
                "listeners=PLAINTEXT://" + servers() + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners=PLAINTEXT://" + servers(),
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs=" + data(),
                "offsets.topic.replication.factor=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "auto.create.topics.enable=false"));
    settings.addAll(KafkaRetention.SETTINGS);
    if (forced) {
      settings.add("log.flush.interval.messages=1");
    }
    return settings;
  }

  private List<String> java(String main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-Xms" + heapMib + "m", "-Xmx" + heapMib + "m", "-XX:+UseG1GC"));
    command.addAll(place.classPath(PROJECT));
    command.add(main);
    command.addAll(List.of(arguments));
    return command;
  }

  /** Whether the topic is there, which is made when it is not. */
  private boolean answers() {
    // An admin that comes too early waits longer and longer between its attempts.
    if (!listens()) {
      return false;
    }
    Map<String, Object> config =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers(),
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            TRY_MS,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            TRY_MS);
    try (Admin admin = Admin.create(config)) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC, Optional.of(PARTITIONS), Optional.empty())))
          .all()
          .get(TRY_MS, TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      return e.getCause() instanceof TopicExistsException;
    } catch (TimeoutException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private PeerProcess process() {
    if (process == null) {
      throw new IllegalStateException("Kafka does not run");
    }
    return process;
  }

  @Override
  public void stop() throws InterruptedException {
    process().stop();
  }

  @Override
  public void kill() {
    process().kill();
  }

  @Override
  public void close() {
    if (process != null) {
      process.kill();
    }
  }

  @Override
  public Sender sender(int producer, Acks acks) {
    return new KafkaSender(servers(), acks);
  }

  @Override
  public void settle() {
    throw new NotPossible("nothing is found or counted");
  }

  @Override
  public void ids(long fromMicros, long toMicros, Consumer<String> sink) throws IOException {
    new KafkaReader(servers()).ids(fromMicros, toMicros, sink);
  }
}
