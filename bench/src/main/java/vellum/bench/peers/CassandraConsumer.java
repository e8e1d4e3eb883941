package vellum.bench.peers;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import vellum.v1.DetailRecord;

/**
 * The program that a user writes between Kafka and Cassandra, a process of its own: reads records,
 * writes them to the tables, keeps the totals. What is read again after a crash is written again
 * over itself.
 */
final class CassandraConsumer {

  /** Records between two checkpoints; there is one too when nothing comes. */
  private static final int CHECKPOINT_EVERY = 100_000;

  private static final int MOST_AT_A_TIME = 5_000;
  private static final Duration WAITS = Duration.ofMillis(50);

  private final CassandraWriter writer;
  private final CassandraTotals totals = new CassandraTotals();
  private final PeerRecordWriter columns = new PeerRecordWriter();
  private final Map<Integer, Long> next = new HashMap<>();
  private long sinceCheckpoint;

  private CassandraConsumer(CassandraWriter writer) {
    this.writer = writer;
  }

  /** Runs until it is killed: address of Kafka, topic, port of Cassandra. */
  public static void main(String[] args) throws Exception {
    try (CassandraSession session = new CassandraSession(Integer.parseInt(args[2]));
        KafkaConsumer<byte[], byte[]> kafka = new KafkaConsumer<>(settings(args[0]))) {
      new CassandraConsumer(new CassandraWriter(session)).run(kafka, args[1]);
    }
  }

  static Map<String, Object> settings(String kafka) {
    return Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
        kafka,
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
        false,
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
        "earliest",
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
        MOST_AT_A_TIME,
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
        ByteArrayDeserializer.class,
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
        ByteArrayDeserializer.class);
  }

  /** All partitions of a topic. */
  static List<TopicPartition> sources(KafkaConsumer<byte[], byte[]> kafka, String topic) {
    return kafka.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  private void run(KafkaConsumer<byte[], byte[]> kafka, String topic) throws Exception {
    writer.restore(totals);
    Map<Integer, Long> offsets = writer.offsets();
    List<TopicPartition> sources = sources(kafka, topic);
    kafka.assign(sources);
    for (TopicPartition source : sources) {
      kafka.seek(source, offsets.getOrDefault(source.partition(), 0L));
    }
    while (true) {
      ConsumerRecords<byte[], byte[]> records = kafka.poll(WAITS);
      for (ConsumerRecord<byte[], byte[]> record : records) {
        take(record);
      }
      sinceCheckpoint += records.count();
      if (sinceCheckpoint >= CHECKPOINT_EVERY || records.isEmpty() && sinceCheckpoint > 0) {
        writer.checkpoint(totals, next);
        sinceCheckpoint = 0;
      }
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> message)
      throws InvalidProtocolBufferException, InterruptedException {
    PeerRecord record = new PeerRecord(columns.write(DetailRecord.parseFrom(message.value())));
    writer.write(record);
    totals.count(record, message.partition(), message.offset());
    next.put(message.partition(), message.offset() + 1);
  }
}
