package vellum.ingest.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import vellum.core.journal.Journal;
import vellum.core.journal.StreamLease;
import vellum.ingest.protocol.ControlFrames;
import vellum.ingest.protocol.CorruptFrame;
import vellum.ingest.protocol.FrameDecoder;
import vellum.ingest.protocol.RawFrame;
import vellum.v1.Codec;
import vellum.v1.FailureCode;
import vellum.v1.Frame;
import vellum.v1.Hello;

/**
 * The state machine of one client's connection ({@link ConnectionState} draws it), last handler of
 * its pipeline. For the connection's event loop.
 */
final class Connection extends ChannelInboundHandlerAdapter {

  /** Longest frame before Welcome, and of every frame but a batch. */
  static final int MAX_CONTROL_BYTES = 4 * 1024;

  private static final long RETRY_OPEN_MS = 2;

  private final ConnectionParts parts;
  private final FrameDecoder decoder;
  private final Farewell farewell;
  private final Deadlines deadlines;
  private final boolean surplus;

  private ConnectionState state = ConnectionState.AWAIT_HELLO;
  private String producer = "";
  private @Nullable Grant grant;
  private @Nullable Intake intake;
  private @Nullable Leaving leaving;
  private boolean shuttingDown;

  /**
   * @param surplus whether it is one more than are taken
   */
  Connection(
      Channel channel,
      IngestServices services,
      LoopTools tools,
      FrameDecoder decoder,
      boolean surplus) {
    this.parts =
        new ConnectionParts(
            channel,
            services,
            tools,
            new Answers(channel, services.stats(), this::answer),
            new ReadGate(decoder, services.stats()));
    this.decoder = decoder;
    this.surplus = surplus;
    this.farewell = new Farewell(channel, parts.gate());
    this.deadlines = new Deadlines(parts, this::refuse);
  }

  ConnectionState state() {
    return state;
  }

  @Nullable Grant grant() {
    return grant;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (surplus) {
      refuse(
          parts
              .services()
              .later(
                  FailureCode.TOO_MANY_CONNECTIONS,
                  "more than " + parts.services().config().maxConnections() + " connections"));
    } else {
      deadlines.start(this);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (state == ConnectionState.CLOSED) {
      return;
    }
    Refusal refusal =
        message instanceof CorruptFrame corrupt ? Refusal.of(corrupt) : frame((RawFrame) message);
    if (refusal != null) {
      refuse(refusal);
    }
  }

  private @Nullable Refusal frame(RawFrame raw) {
    parts.services().stats().frame(raw.length());
    deadlines.frameCame();
    Grant current = grant;
    Intake open = intake;
    if (state == ConnectionState.STREAMING && current != null && open != null) {
      if (parts.services().isOver(current) && raw.isBatch()) {
        return current.over();
      }
      return raw.isBatch() ? open.take(raw, current) : control(raw, open);
    }
    return state == ConnectionState.AWAIT_HELLO ? first(raw) : Refusal.misplaced();
  }

  private @Nullable Refusal first(RawFrame raw) {
    Frame frame = ControlFrames.parse(raw);
    return frame != null && frame.hasHello() ? hello(frame.getHello()) : Refusal.misplaced();
  }

  private @Nullable Refusal hello(Hello hello) {
    Refusal bad = parts.services().check(hello);
    if (bad == null) {
      producer = hello.getProducer();
      bad = authenticate(hello.getToken());
    }
    if (bad != null) {
      return bad;
    }
    state = ConnectionState.OPENING;
    parts.gate().hold(HoldReason.OPENING);
    return open(hello);
  }

  private @Nullable Refusal authenticate(String token) {
    Authenticator.Decision decision =
        parts.services().decide(producer, Remote.credentials(parts.channel(), token));
    if (decision instanceof Authenticator.Refused refused) {
      return parts.services().refusal(grant, refused);
    }
    Grant now = (Grant) decision;
    grant = now;
    return parts.services().isOver(now) ? now.over() : null;
  }

  private @Nullable Refusal open(Hello hello) {
    Journal journal = parts.services().journal();
    Journal.Admission admission = journal.admission();
    if (admission == Journal.Admission.TAKEN) {
      admission =
          journal.open(
              Handshake.stream(hello),
              hello.getEpoch(),
              hello.getLastAnswered(),
              new Opening(parts.channel().eventLoop(), this, hello));
    }
    switch (admission) {
      case BUSY -> retryOpen(hello);
      case DISK_LOW -> {
        return parts.services().later(FailureCode.DISK_LOW, "free space is below the reserve");
      }
      case FAILED -> {
        return parts.services().journalFailed();
      }
      case TAKEN -> {}
    }
    return null;
  }

  private void retryOpen(Hello hello) {
    parts
        .channel()
        .eventLoop()
        .schedule(
            () -> {
              Refusal refusal = state == ConnectionState.OPENING ? open(hello) : null;
              if (refusal != null) {
                refuse(refusal);
              }
            },
            RETRY_OPEN_MS,
            TimeUnit.MILLISECONDS);
  }

  /** The journal has given the stream. */
  void opened(StreamLease lease, Hello hello) {
    if (state != ConnectionState.OPENING) {
      return;
    }
    Codec codec = Handshake.codec(hello);
    intake = new Intake(parts, lease, codec == Codec.ZSTD, this::refuse);
    parts.answers().startAfter(lease.lastSequence());
    state = ConnectionState.STREAMING;
    decoder.maxFrameBytes(parts.services().config().maxFrameBytes());
    parts.channel().writeAndFlush(Handshake.welcome(parts.services(), lease, codec));
    parts.gate().release(HoldReason.OPENING);
    settle();
  }

  private @Nullable Refusal control(RawFrame raw, Intake open) {
    if (raw.length() > MAX_CONTROL_BYTES) {
      return Refusal.of(
          FailureCode.FRAME_TOO_LARGE,
          "frame without a batch is longer than " + MAX_CONTROL_BYTES + " bytes");
    }
    Frame frame = ControlFrames.parse(raw);
    if (frame == null || ControlFrames.hasUnknownFields(frame)) {
      return Refusal.of(FailureCode.GARBLED_FRAME, "not a frame, or with unknown fields");
    }
    return switch (frame.getBodyCase()) {
      case REAUTH -> authenticate(frame.getReauth().getToken());
      case GOODBYE -> goodbye(new Leaving(this, parts, open, frame.getGoodbye()));
      default -> Refusal.misplaced();
    };
  }

  private @Nullable Refusal goodbye(Leaving said) {
    leaving = said;
    state = ConnectionState.DRAINING;
    settle();
    return null;
  }

  /** Receipts came, or the client reads its answers again. */
  private void answer() {
    if (state != ConnectionState.CLOSED) {
      Refusal refusal = parts.answers().write();
      if (refusal != null) {
        refuse(refusal);
      } else {
        settle();
      }
    }
  }

  /** Ends what waited for the last answer. */
  void settle() {
    if (state == ConnectionState.CLOSED || !parts.answers().isEmpty()) {
      return;
    }
    Leaving left = leaving;
    if (left != null) {
      if (left.isDone()) {
        end(left.frame());
      }
    } else if (shuttingDown) {
      refuse(parts.services().later(FailureCode.SHUTTING_DOWN, "the server ends"));
    }
  }

  /** Takes nothing more, answers what was taken, ends. */
  void shutdown() {
    if (state != ConnectionState.CLOSED) {
      shuttingDown = true;
      parts.gate().hold(HoldReason.SHUTDOWN);
      settle();
    }
  }

  void refuse(Refusal refusal) {
    if (state != ConnectionState.CLOSED) {
      parts.services().stats().failure(refusal.code());
      end(refusal.frame());
    }
  }

  private void end(Frame last) {
    close();
    farewell.say(last);
  }

  private void close() {
    state = ConnectionState.CLOSED;
    if (intake != null) {
      intake.end();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (state == ConnectionState.CLOSED) {
      return;
    }
    if (parts.channel().isWritable()) {
      parts.gate().release(HoldReason.SLOW_READER);
      answer();
    } else {
      parts.gate().hold(HoldReason.SLOW_READER);
      deadlines.notRead();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    farewell.fault(cause, parts.services().stats());
    close();
  }
}
