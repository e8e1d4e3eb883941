package vellum.ingest.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import vellum.ingest.protocol.BatchWriter;
import vellum.ingest.protocol.Payload;
import vellum.ingest.tls.ClientTls;
import vellum.v1.DetailRecord;
import vellum.v1.RejectionCode;
import vellum.v1.UsageRecord;

/**
 * A sender of records: batches them, keeps them until they are answered, and connects again by
 * itself. Thread-safe. Callbacks come on its one thread and must not block.
 *
 * <pre>
 *   try (VellumClient client = VellumClient.open(config, ports)) {
 *     client.send(message, outcome);      // or: CompletableFuture&lt;Receipt&gt; receipt = client.send(message)
 *     client.flush(Duration.ofSeconds(10));
 *   }
 * </pre>
 */
public final class VellumClient implements AutoCloseable {

  private static final int LOW_BYTES = 512 * 1024;
  private static final int HIGH_BYTES = 2 * LOW_BYTES;
  private static final int GOODBYE_MS = 2_000;

  private final ClientConfig config;
  private final MultiThreadIoEventLoopGroup group;
  private final EventLoop loop;
  private final List<Stream> streams = new ArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();

  private record Stream(BatchQueue queue, StreamLink link) {}

  private VellumClient(ClientConfig config, ClientPorts ports) {
    this.config = config;
    this.group =
        new MultiThreadIoEventLoopGroup(
            1,
            ports.threads(),
            Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    this.loop = group.next();
    ClientStats stats = new ClientStats(ports.meters());
    Bootstrap bootstrap = bootstrap(config);
    for (int number = 0; number < config.streams(); number++) {
      BatchQueue queue = new BatchQueue(config, stats);
      StreamLink.Wiring wiring = new StreamLink.Wiring(queue, loop, bootstrap);
      streams.add(new Stream(queue, new StreamLink(number, config, ports, stats, wiring)));
    }
  }

  private static Bootstrap bootstrap(ClientConfig config) {
    return new Bootstrap()
        .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, config.connectMs())
        .option(
            ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(LOW_BYTES, HIGH_BYTES));
  }

  /**
   * Starts connecting; records may be sent at once.
   *
   * @throws vellum.ingest.tls.TlsException when key or certificate cannot be used
   */
  public static VellumClient open(ClientConfig config, ClientPorts ports) {
    ClientTls tls = ports.tls();
    if (tls != null) {
      tls.prepare();
    }
    VellumClient client = new VellumClient(config, ports);
    for (Stream stream : client.streams) {
      client.loop.execute(stream.link()::connect);
    }
    return client;
  }

  /**
   * Takes a record to be sent. A record too large for a batch is rejected at once.
   *
   * @param outcome told what becomes of it; not called when this throws
   * @throws ClientException.Overloaded when there is no room in time, or at once on the client's
   *     thread
   * @throws ClientException when the client has ended
   */
  public void send(DetailRecord message, Outcome outcome) {
    send(Payload.of(message), outcome);
  }

  /** As {@link #send(DetailRecord, Outcome)}, of an event of the usage log. */
  public void sendUsage(UsageRecord event, Outcome outcome) {
    send(Payload.of(event), outcome);
  }

  /** As {@link #send(DetailRecord)}, of an event of the usage log. */
  public CompletableFuture<Receipt> sendUsage(UsageRecord event) {
    CompletableFuture<Receipt> future = new CompletableFuture<>();
    sendUsage(event, new FutureOutcome(future));
    return future;
  }

  /**
   * As {@link #send(DetailRecord, Outcome)}, of a record that is in its Protobuf encoding already,
   * as a relay has it. The bytes are copied before this returns.
   */
  public void sendEncoded(byte[] record, int offset, int length, Outcome outcome) {
    send(Payload.of(record, offset, length), outcome);
  }

  private void send(Payload record, Outcome outcome) {
    int size = BatchWriter.sizeInBatch(record.size());
    if (size > config.batchBytes()) {
      outcome.rejected(
          0,
          RejectionCode.RECORD_TOO_LARGE,
          "larger than a batch of " + config.batchBytes() + " bytes");
      return;
    }
    Stream stream = choose();
    switch (stream.queue().add(record, outcome, !loop.inEventLoop())) {
      case FIRST -> stream.link().linger(stream.queue().openNumber());
      case FULL -> {
        stream.link().wake();
        stream.link().linger(stream.queue().openNumber());
      }
      case NOTHING -> {}
    }
  }

  /**
   * As {@link #send(DetailRecord, Outcome)}, with a future. It completes normally for a rejected
   * record too, and exceptionally with a {@link ClientException} when the client ends before.
   */
  public CompletableFuture<Receipt> send(DetailRecord message) {
    CompletableFuture<Receipt> future = new CompletableFuture<>();
    send(message, new FutureOutcome(future));
    return future;
  }

  private Stream choose() {
    if (streams.size() == 1) {
      return streams.get(0);
    }
    long number =
        config.choice() == ClientConfig.StreamChoice.ROUND_ROBIN
            ? turn.getAndIncrement()
            : Thread.currentThread().getId();
    return streams.get((int) Math.floorMod(number, (long) streams.size()));
  }

  /**
   * Waits until every record sent before is answered, and its outcome was told.
   *
   * @throws ClientException.DeadlinePassed when that takes too long
   * @throws ClientException when the client has ended
   */
  public void flush(Duration timeout) {
    if (loop.inEventLoop()) {
      throw new IllegalStateException("flush waits, and must not be called by a callback");
    }
    long[] last = new long[streams.size()];
    for (int i = 0; i < last.length; i++) {
      last[i] = streams.get(i).queue().sealAll();
      streams.get(i).link().wake();
    }
    long deadline = System.nanoTime() + timeout.toNanos();
    for (int i = 0; i < last.length; i++) {
      long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      streams.get(i).queue().awaitAnswered(last[i], Math.max(0, leftMs));
    }
  }

  /**
   * Flushes, says Goodbye, ends. Records that are unanswered at the close deadline fail with {@link
   * ClientException.Closed}.
   */
  @Override
  public void close() {
    boolean answered = false;
    try {
      flush(Duration.ofMillis(config.closeMs()));
      answered = true;
    } catch (ClientException e) {
      // Nobody is to be told here: each record's outcome is.
    } finally {
      end(answered);
    }
  }

  private void end(boolean politely) {
    CompletableFuture<?>[] ends =
        streams.stream()
            .map(stream -> stream.link().goodbye(politely))
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(GOODBYE_MS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // The server does not answer the Goodbye. Everything that matters was answered before.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    streams.forEach(stream -> stream.queue().fail(new ClientException.Closed()));
    group.shutdownGracefully(0, GOODBYE_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
  }
}
