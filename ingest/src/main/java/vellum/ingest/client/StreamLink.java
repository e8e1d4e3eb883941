package vellum.ingest.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import vellum.ingest.protocol.BatchFrame;
import vellum.ingest.protocol.BatchWriter;
import vellum.v1.Codec;
import vellum.v1.Failure;
import vellum.v1.FailureCode;
import vellum.v1.Frame;
import vellum.v1.Goodbye;
import vellum.v1.Rejection;
import vellum.v1.Welcome;

/**
 * The connection of one stream, made again whenever it breaks. For the event loop, but for {@link
 * #wake}, {@link #linger} and {@link #goodbye}.
 */
final class StreamLink {

  private static final int ZSTD_LEVEL = 1;

  private final int stream;
  private final ClientConfig config;
  private final ClientPorts ports;
  private final ClientStats stats;
  private final BatchQueue queue;
  private final EventLoop loop;
  private final Bootstrap bootstrap;
  private final Backoff backoff;
  private final AtomicBoolean woken = new AtomicBoolean();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  private @Nullable LinkHandler current;
  private @Nullable Welcome welcome;
  private String incarnation = "";
  private String reason = "";
  private long retryAfterMs;
  private int abandonedHellos;
  private boolean leaving;

  StreamLink(int stream, ClientConfig config, ClientPorts ports, ClientStats stats, Wiring wiring) {
    this.stream = stream;
    this.config = config;
    this.ports = ports;
    this.stats = stats;
    this.queue = wiring.queue();
    this.loop = wiring.loop();
    this.bootstrap = wiring.bootstrap();
    this.backoff = new Backoff(config.backoffLeastMs(), config.backoffMostMs(), ports.random());
  }

  /** What a link works with. */
  record Wiring(BatchQueue queue, EventLoop loop, Bootstrap bootstrap) {}

  int stream() {
    return stream;
  }

  long lastAnswered() {
    return queue.lastAnswered();
  }

  /** Connects, unless there is nothing to connect for any more. */
  void connect() {
    if (leaving || queue.hasFailed()) {
      ended.complete(null);
      return;
    }
    LinkHandler handler = new LinkHandler(this, config, ports);
    current = handler;
    bootstrap
        .clone(loop)
        .handler(LinkHandler.initializer(handler))
        .connect(config.host(), config.port())
        .addListener(done -> connected(handler, (ChannelFuture) done));
  }

  private void connected(LinkHandler handler, ChannelFuture done) {
    if (!done.isSuccess()) {
      reason = done.cause().getClass().getSimpleName();
      disconnected(handler);
    } else if (leaving) {
      done.channel().close();
    }
  }

  /** There is something to send. Called by callers' threads; costs one task, however many call. */
  void wake() {
    if (!woken.getAndSet(true)) {
      submit(this::transmit);
    }
  }

  /** A batch was begun: it is sent when its time has come. Called by callers' threads. */
  void linger(long batchNumber) {
    try {
      loop.schedule(() -> sealAndSend(batchNumber), config.lingerMs(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      queue.fail(new ClientException.Closed());
    }
  }

  private void sealAndSend(long batchNumber) {
    queue.seal(batchNumber);
    transmit();
  }

  private void submit(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      queue.fail(new ClientException.Closed());
    }
  }

  /** Sends what the window and the socket take. */
  void transmit() {
    woken.set(false);
    LinkHandler handler = current;
    Welcome granted = welcome;
    if (handler == null || granted == null) {
      return;
    }
    Channel channel = handler.channel();
    boolean any = false;
    while (channel.isWritable()) {
      SentBatch batch = queue.next(granted.getLimits());
      if (batch == null) {
        break;
      }
      ClientException tooLarge = Failures.beyond(batch.frame(), granted.getLimits());
      if (tooLarge != null) {
        fail(tooLarge);
        return;
      }
      channel.write(wireForm(batch, granted.getCodec()));
      any = true;
    }
    if (any) {
      handler.wrote();
      channel.flush();
    }
  }

  private BatchFrame wireForm(SentBatch batch, Codec codec) {
    BatchFrame plain = batch.frame();
    BatchFrame frame = codec == Codec.ZSTD ? BatchWriter.compressed(plain, ZSTD_LEVEL) : plain;
    stats.sent(frame.length(), batch.send(loop.ticker().nanoTime()));
    return frame;
  }

  /** A frame of the server. */
  void received(LinkHandler handler, Frame frame) {
    if (handler != current) {
      return;
    }
    switch (frame.getBodyCase()) {
      case WELCOME -> welcomed(handler, frame.getWelcome());
      case ACK -> acknowledged(frame.getAck().getSequence());
      case REJECTION -> queue.reject(frame.getRejection());
      case FAILURE -> refused(handler, frame.getFailure());
      case GOODBYE -> handler.channel().close();
      default -> broken(handler, "unexpected frame");
    }
  }

  private void welcomed(LinkHandler handler, Welcome granted) {
    if (welcome != null) {
      broken(handler, "second Welcome");
      return;
    }
    stats.connected();
    if (!incarnation.isEmpty() && !incarnation.equals(granted.getIncarnation())) {
      ports.listener().incarnationChanged(stream, queue.lastAnswered(), granted.getLastDurable());
    }
    incarnation = granted.getIncarnation();
    for (Rejection each : granted.getRejectionsList()) {
      queue.reject(each);
    }
    if (granted.getLastDurable() > 0) {
      acknowledged(granted.getLastDurable());
    }
    welcome = granted;
    handler.welcomed(granted.getLimits().getIdleTimeoutMs());
    transmit();
  }

  private void acknowledged(long sequence) {
    if (queue.answer(sequence, loop.ticker().nanoTime())) {
      if (welcome != null) {
        backoff.reset();
      }
      transmit();
    } else {
      fail(
          new ClientException.Fenced(
              "the server has sequences of this instance and epoch that were never sent here"));
    }
  }

  private void refused(LinkHandler handler, Failure failure) {
    if (failure.getCode() == FailureCode.FENCED && abandonedHellos > 0) {
      abandonedHellos--; // It was an own hello, overtaken on the network by a later one.
    } else {
      ClientException cause = Failures.ending(failure);
      if (cause != null) {
        queue.fail(cause);
      }
    }
    retryAfterMs = failure.getRetryAfterMs();
    broken(handler, failure.getCode().name());
  }

  private void fail(ClientException cause) {
    queue.fail(cause);
    if (current != null) {
      current.channel().close();
    }
  }

  /** The connection is of no use any more. */
  void broken(LinkHandler handler, String why) {
    reason = why;
    handler.channel().close();
  }

  /** TLS has something against one of the two: at first a wrong setting, later to be mended. */
  void insecure(LinkHandler handler, String why) {
    if (handler != current) {
      return;
    }
    if (incarnation.isEmpty()) {
      queue.fail(new ClientException.TlsFailed(why));
    }
    broken(handler, why);
  }

  /** The connection has lasted for a while. */
  void healthy() {
    backoff.reset();
  }

  /** Whether the server owes answers. */
  boolean isAwaiting() {
    return queue.isAwaiting();
  }

  /** The connection is gone, or never came. */
  void disconnected(LinkHandler handler) {
    if (handler != current) {
      return;
    }
    if (handler.isHelloUnanswered()) {
      abandonedHellos++;
    }
    current = null;
    welcome = null;
    queue.requeue();
    if (leaving || queue.hasFailed()) {
      ended.complete(null);
      return;
    }
    long waitMs = Math.max(retryAfterMs, backoff.nextMs());
    retryAfterMs = 0;
    ports.listener().disconnected(stream, reason.isEmpty() ? "closed" : reason, waitMs);
    reason = "";
    loop.schedule(this::connect, waitMs, TimeUnit.MILLISECONDS);
  }

  /**
   * Says goodbye, or just closes; done when the connection is gone. Called by the closing thread.
   */
  CompletableFuture<Void> goodbye(boolean politely) {
    submit(() -> leave(politely));
    return ended;
  }

  private void leave(boolean politely) {
    leaving = true;
    LinkHandler handler = current;
    if (handler == null || welcome == null || !politely) {
      if (handler != null && handler.isOpen()) {
        handler.channel().close();
      }
      ended.complete(null);
      return;
    }
    Goodbye last = Goodbye.newBuilder().setLastSequence(queue.lastAnswered()).build();
    handler.channel().writeAndFlush(Frame.newBuilder().setGoodbye(last).build());
  }
}
