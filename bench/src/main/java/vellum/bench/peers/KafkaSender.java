package vellum.bench.peers;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer that waits for all replicas, of which there is one. Messages are not compressed. */
final class KafkaSender implements Sender {

  private static final int BATCH_BYTES = 256 * 1024;
  private static final int BUFFER_BYTES = 4 * 1024 * 1024;
  private static final int LINGER_MS = 5;

  private final KafkaProducer<byte[], byte[]> producer;
  private final Acks acks;

  KafkaSender(String servers, Acks acks) {
    this.acks = acks;
    Map<String, Object> config =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.BATCH_SIZE_CONFIG,
            BATCH_BYTES,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            BUFFER_BYTES,
            ProducerConfig.LINGER_MS_CONFIG,
            LINGER_MS);
    producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    // So that it knows where partitions are before the clock starts.
    producer.partitionsFor(KafkaPeer.TOPIC);
  }

  @Override
  public void send(List<PeerRecord> records) {
    for (PeerRecord record : records) {
      producer.send(
          new ProducerRecord<>(KafkaPeer.TOPIC, record.message()),
          (metadata, failure) -> {
            if (failure == null) {
              acks.acked(record);
            } else {
              acks.refused(record, String.valueOf(failure.getMessage()));
            }
          });
    }
  }

  @Override
  public void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
