package vellum.bench.peers;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import vellum.ingest.client.ClientConfig;
import vellum.ingest.client.ClientException;
import vellum.ingest.client.ClientPorts;
import vellum.ingest.client.VellumClient;
import vellum.ingest.endpoint.Endpoint;
import vellum.v1.RejectionCode;

/** The Java client with one stream. */
final class VellumSender implements Sender {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final AtomicLong LIVES = new AtomicLong(System.currentTimeMillis());

  /** Batches that may be unanswered: with all, some thousands of records. */
  private static final int UNANSWERED = 16;

  private static final int SEND_MS = 120_000;

  private final VellumClient client;
  private final Acks acks;

  VellumSender(Endpoint endpoint, int producer, Acks acks) {
    this.acks = acks;
    ClientConfig config =
        ClientConfig.of(
                endpoint.tcpHost(),
                endpoint.tcpPort(),
                "peers",
                "producer-" + producer,
                LIVES.incrementAndGet())
            .waiting(UNANSWERED, SEND_MS, 0);
    client =
        VellumClient.open(
            config,
            ClientPorts.of(
                endpoint::token, new SecureRandom(), work -> new Thread(work, "client")));
  }

  @Override
  public void send(List<PeerRecord> records) {
    for (PeerRecord record : records) {
      client.sendEncoded(
          record.bytes(), PeerRecord.messageOffset(), record.messageLength(), outcome(record));
    }
  }

  private vellum.ingest.client.Outcome outcome(PeerRecord record) {
    return new vellum.ingest.client.Outcome() {
      @Override
      public void taken(long sequence) {
        acks.acked(record);
      }

      @Override
      public void rejected(long sequence, RejectionCode code, String reason) {
        acks.refused(record, code + " " + reason);
      }

      @Override
      public void failed(ClientException cause) {
        acks.refused(record, String.valueOf(cause.getMessage()));
      }
    };
  }

  @Override
  public void flush() {
    client.flush(PATIENCE);
  }

  @Override
  public void close() {
    client.close();
  }
}
