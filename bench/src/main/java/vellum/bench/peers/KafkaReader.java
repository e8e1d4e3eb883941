package vellum.bench.peers;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import vellum.v1.DetailRecord;

/** Reads a log from the beginning to where it ends now. For one thread. */
final class KafkaReader {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final long PATIENCE_NANOS = Duration.ofMinutes(10).toNanos();

  private final String servers;

  KafkaReader(String servers) {
    this.servers = servers;
  }

  /** Tells the ids of records that started within the time, each once. */
  void ids(long fromMicros, long toMicros, Consumer<String> sink) throws IOException {
    Set<String> told = new HashSet<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          IntStream.range(0, KafkaPeer.PARTITIONS)
              .mapToObj(number -> new TopicPartition(KafkaPeer.TOPIC, number))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      while (all.stream().anyMatch(part -> consumer.position(part) < ends.getOrDefault(part, 0L))) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
          DetailRecord record = parse(message.value());
          long micros = micros(record.getStartedAt());
          if (micros >= fromMicros && micros < toMicros && told.add(record.getRecordId())) {
            sink.accept(record.getRecordId());
          }
        }
        if (System.nanoTime() - deadline > 0) {
          throw new IOException("the log was not read to its end in time");
        }
      }
    }
  }

  private static DetailRecord parse(byte[] message) throws IOException {
    try {
      return DetailRecord.parseFrom(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IOException("a message of the log is damaged", e);
    }
  }

  private static long micros(Timestamp time) {
    return time.getSeconds() * 1_000_000 + time.getNanos() / 1_000;
  }
}
