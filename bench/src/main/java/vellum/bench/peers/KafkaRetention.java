package vellum.bench.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Ends the time for which Kafka keeps messages, as a year's months would have ended it. */
final class KafkaRetention {

  /** How often Kafka looks for what has expired, and how long it keeps a deleted file then. */
  static final List<String> SETTINGS =
      List.of("log.retention.check.interval.ms=5000", "log.segment.delete.delay.ms=1000");

  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final int POLL_MS = 50;

  private final String servers;
  private final Path data;

  /**
   * @param data Kafka's log directory
   */
  KafkaRetention(String servers, Path data) {
    this.servers = servers;
    this.data = data;
  }

  /** Has all messages deleted that there are, and waits until their files are gone. */
  void expire() throws IOException, InterruptedException {
    try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers))) {
      set(admin, "1", OpType.SET);
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      while (messageBytes() > 0) {
        if (System.nanoTime() - deadline > 0) {
          throw new IOException("Kafka still has messages that have expired");
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MS);
      }
      set(admin, "", OpType.DELETE);
    } catch (ExecutionException e) {
      throw new IOException("Kafka did not change how long it keeps messages", e);
    }
  }

  private static void set(Admin admin, String ms, OpType operation)
      throws ExecutionException, InterruptedException {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, KafkaPeer.TOPIC);
    ConfigEntry retention = new ConfigEntry(TopicConfig.RETENTION_MS_CONFIG, ms);
    admin
        .incrementalAlterConfigs(Map.of(topic, List.of(new AlterConfigOp(retention, operation))))
        .all()
        .get();
  }

  /** Of all segments of the topic, deleted ones too as long as their file is there. */
  private long messageBytes() throws IOException {
    long bytes = 0;
    for (Path directory : children(data)) {
      for (Path file : children(directory)) {
        bytes += isSegment(file) ? file.toFile().length() : 0;
      }
    }
    return bytes;
  }

  /** What a directory has; nothing of a file, or of what is deleted meanwhile. */
  private static List<Path> children(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(directory)) {
      return children.toList();
    } catch (NoSuchFileException | UncheckedIOException gone) {
      return List.of();
    }
  }

  private boolean isSegment(Path file) {
    String name = data.relativize(file).toString();
    return name.startsWith(KafkaPeer.TOPIC + '-') && name.contains(".log");
  }
}
