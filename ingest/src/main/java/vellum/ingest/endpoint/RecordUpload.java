package vellum.ingest.endpoint;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import vellum.ingest.client.ClientConfig;
import vellum.ingest.client.ClientException;
import vellum.ingest.client.ClientListener;
import vellum.ingest.client.ClientPorts;
import vellum.ingest.client.Outcome;
import vellum.ingest.client.VellumClient;
import vellum.ingest.importer.RecordSink;
import vellum.v1.DetailRecord;
import vellum.v1.RejectionCode;
import vellum.v1.UsageRecord;

/**
 * Records on their way to a server through the Java client, with a bound on how long a silent
 * server is waited for: the client itself would connect again for ever. For one thread.
 */
public final class RecordUpload implements RecordSink, AutoCloseable {

  private static final String PRODUCER = "cli";
  private static final int CONNECT_MS = 3_000;
  private static final int BATCH_RECORDS = 2_000;
  private static final int BATCH_BYTES = 1024 * 1024;
  private static final int LINGER_MS = 20;
  private static final int UNANSWERED = 32;
  private static final int LEAST_WAIT_MS = 50;
  private static final int MOST_WAIT_MS = 1_000;
  private static final Duration STEP = Duration.ofSeconds(1);

  private final VellumClient client;
  private final RejectionListener rejections;
  private final Duration patience;
  private final LongSupplier nanoTime;
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicReference<@Nullable ClientException> ended = new AtomicReference<>();
  private final LastBreak lastBreak;

  /**
   * What an upload needs.
   *
   * @param producer that it sends as
   * @param name of what is sent, such as a file's absolute path: of two uploads of one name at a
   *     time, the later one fences the earlier
   * @param patience how long a server that does not answer is waited for
   * @param epochMs wall clock: grows from upload to upload
   */
  public record Ports(
      String producer,
      String name,
      Duration patience,
      long epochMs,
      LongSupplier nanoTime,
      RandomGenerator random,
      ThreadFactory threads) {

    /** Of the command line itself, with a token that may send as anybody. */
    public Ports(
        String name,
        Duration patience,
        long epochMs,
        LongSupplier nanoTime,
        RandomGenerator random,
        ThreadFactory threads) {
      this(PRODUCER, name, patience, epochMs, nanoTime, random, threads);
    }
  }

  private RecordUpload(
      VellumClient client, LastBreak lastBreak, RejectionListener rejections, Ports ports) {
    this.client = client;
    this.lastBreak = lastBreak;
    this.rejections = rejections;
    this.patience = ports.patience();
    this.nanoTime = ports.nanoTime();
  }

  /**
   * Opens a stream. Sequences start anew in each upload: what a former one left unanswered is sent
   * again, and the store knows by the record's id what it has.
   *
   * @throws EndpointException.Unreachable when nothing listens there
   */
  public static RecordUpload open(Endpoint endpoint, RejectionListener rejections, Ports ports) {
    knock(endpoint);
    String instance = "up-" + UUID.nameUUIDFromBytes(ports.name().getBytes(StandardCharsets.UTF_8));
    int patienceMs = (int) ports.patience().toMillis();
    ClientConfig config =
        ClientConfig.of(
                endpoint.tcpHost(), endpoint.tcpPort(), ports.producer(), instance, ports.epochMs())
            .batching(LINGER_MS, BATCH_RECORDS, BATCH_BYTES)
            .waiting(UNANSWERED, patienceMs, 0)
            .connecting(CONNECT_MS, LEAST_WAIT_MS, MOST_WAIT_MS);
    LastBreak lastBreak = new LastBreak();
    ClientPorts clientPorts =
        new ClientPorts(
            endpoint::token,
            lastBreak,
            ports.random(),
            new CompositeMeterRegistry(),
            ports.threads(),
            endpoint.tls());
    return new RecordUpload(VellumClient.open(config, clientPorts), lastBreak, rejections, ports);
  }

  @Override
  public void send(DetailRecord record, long row) {
    try {
      client.send(record, new Answer(row));
    } catch (ClientException e) {
      throw failure(e);
    }
  }

  @Override
  public void sendUsage(UsageRecord event, long row) {
    try {
      client.sendUsage(event, new Answer(row));
    } catch (ClientException e) {
      throw failure(e);
    }
  }

  @Override
  public void flush() {
    long quietSince = nanoTime.getAsLong();
    long answered = answered();
    while (true) {
      try {
        client.flush(STEP);
        break;
      } catch (ClientException.DeadlinePassed e) {
        long now = nanoTime.getAsLong();
        if (answered() != answered) {
          answered = answered();
          quietSince = now;
        } else if (now - quietSince >= patience.toNanos()) {
          throw failure(e);
        }
      } catch (ClientException e) {
        throw failure(e);
      }
    }
    ClientException end = ended.get();
    if (end != null) {
      throw failure(end);
    }
  }

  /** Records that the server has on its disk. */
  public long acknowledged() {
    return taken.get();
  }

  @Override
  public void close() {
    client.close();
  }

  private long answered() {
    return taken.get() + rejected.get();
  }

  private EndpointException failure(ClientException e) {
    String so = taken.get() + " records were acknowledged; ";
    if (e.recoverable()) {
      return new EndpointException.Unreachable(
          "the server has not answered for "
              + patience.toSeconds()
              + " s"
              + lastBreak.told()
              + "; "
              + so
              + "run the same import again when it is back, nothing is counted twice");
    }
    if (e instanceof ClientException.Fenced) {
      return new EndpointException.Refused(
          "a later import of the same file took over, or the clock was set back; "
              + so
              + "run it again when the other one is done");
    }
    if (e instanceof ClientException.TlsFailed) {
      return new EndpointException.Insecure(
          e.getMessage() + "; " + taken.get() + " records were acknowledged");
    }
    return new EndpointException.Refused(e.getMessage() + "; " + so + advice(e));
  }

  private static String advice(ClientException e) {
    if (e instanceof ClientException.BadToken) {
      return "a producer's token sends under its own name: --producer NAME";
    }
    return e instanceof ClientException.BeyondLimits
        ? "raise the server's ingest.max_frame_bytes"
        : "see the server's log";
  }

  /** Whether anything listens, so that a wrong address is told at once. */
  private static void knock(Endpoint endpoint) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(endpoint.tcpHost(), endpoint.tcpPort()), CONNECT_MS);
    } catch (IOException e) {
      throw new EndpointException.Unreachable(
          "no server listens at "
              + endpoint.tcp()
              + (endpoint.isHere() ? "; start it with: vellum serve" : "; see --stream"));
    }
  }

  /** The answer to one record. */
  private final class Answer implements Outcome {
    private final long row;

    Answer(long row) {
      this.row = row;
    }

    @Override
    public void taken(long sequence) {
      taken.incrementAndGet();
      lastBreak.forget();
    }

    @Override
    public void rejected(long sequence, RejectionCode code, String reason) {
      rejected.incrementAndGet();
      lastBreak.forget();
      rejections.rejected(row, code.name(), reason);
    }

    @Override
    public void failed(ClientException cause) {
      ended.compareAndSet(null, cause);
    }
  }

  /**
   * Why the last connection broke since the server answered. Lost ones show as silence, which is
   * bounded; nothing to tell of each. Thread-safe.
   */
  private static final class LastBreak implements ClientListener {
    private volatile String reason = "";

    /** What a message about the silence adds. */
    String told() {
      String last = reason;
      return last.isEmpty() ? "" : "; its last connection ended with " + last;
    }

    void forget() {
      reason = "";
    }

    @Override
    public void incarnationChanged(int stream, long lastAnswered, long lastDurable) {}

    @Override
    public void disconnected(int stream, String why, long retryInMs) {
      reason = why;
    }
  }
}
