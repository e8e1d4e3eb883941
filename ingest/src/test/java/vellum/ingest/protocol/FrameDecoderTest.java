package vellum.ingest.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vellum.v1.Ack;
import vellum.v1.FailureCode;
import vellum.v1.Frame;

final class FrameDecoderTest {

  private static final int MAX_BYTES = 1_000;
  private static final int TIMEOUT_MS = 15_000;

  private final List<Object> received = new ArrayList<>();
  private final FrameDecoder decoder = new FrameDecoder(new RawFrame(), MAX_BYTES, TIMEOUT_MS);
  private final EmbeddedChannel channel = new EmbeddedChannel(decoder, new Collector());
  private boolean holdEach;

  /** Keeps the frames that come, parsed, and the corrupt ones. */
  private final class Collector extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof RawFrame raw) {
        byte[] copy = Arrays.copyOf(raw.bytes(), raw.length());
        Frame frame = ControlFrames.parse(RawFrame.of(copy));
        received.add(frame == null ? "unparsable" : frame);
      } else {
        received.add(((CorruptFrame) message).code());
      }
      if (holdEach) {
        decoder.hold();
      }
    }
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private static Frame ack(long sequence) {
    return Frame.newBuilder().setAck(Ack.newBuilder().setSequence(sequence)).build();
  }

  private static byte[] bytes(Frame... frames) {
    EmbeddedChannel encoder = new EmbeddedChannel(new FrameEncoder());
    ByteBuf all = Unpooled.buffer();
    for (Frame frame : frames) {
      encoder.writeOutbound(frame);
      ByteBuf one = encoder.readOutbound();
      all.writeBytes(one);
      one.release();
    }
    encoder.finishAndReleaseAll();
    byte[] bytes = new byte[all.readableBytes()];
    all.readBytes(bytes);
    return bytes;
  }

  private void feed(byte... bytes) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes));
  }

  @Test
  void shouldReadSeveralFramesOfOneRead() {
    feed(bytes(ack(1), ack(2), ack(3)));
    assertThat(received).containsExactly(ack(1), ack(2), ack(3));
  }

  @Test
  void shouldReadByteByByte() {
    for (byte each : bytes(ack(1), ack(300), ack(Long.MAX_VALUE))) {
      feed(each);
    }
    assertThat(received).containsExactly(ack(1), ack(300), ack(Long.MAX_VALUE));
  }

  @Test
  void shouldRefuseALengthBeyondTheBoundBeforeAnythingElseCame() {
    feed((byte) 0x80, (byte) 0, (byte) 0, (byte) 0);
    assertThat(received).containsExactly(FailureCode.FRAME_TOO_LARGE);
  }

  @Test
  void shouldFollowAChangedBound() {
    decoder.maxFrameBytes(1);
    feed(bytes(ack(1)));
    assertThat(received).containsExactly(FailureCode.FRAME_TOO_LARGE);
  }

  @Test
  void shouldRefuseAnEmptyFrame() {
    feed(new byte[8]);
    assertThat(received).containsExactly(FailureCode.GARBLED_FRAME);
  }

  @Test
  void shouldRefuseABadSumAndDropWhatFollows() {
    byte[] bytes = bytes(ack(1), ack(2));
    bytes[8] ^= 1;
    feed(bytes);
    feed(bytes(ack(3)));
    assertThat(received).containsExactly(FailureCode.BAD_CRC);
  }

  @Test
  void shouldHandOnNothingOfATruncatedFrame() {
    byte[] bytes = bytes(ack(1));
    feed(Arrays.copyOf(bytes, bytes.length - 1));
    channel.close();
    assertThat(received).isEmpty();
  }

  @Test
  void shouldStopBetweenFramesWhenHeld() {
    holdEach = true;
    feed(bytes(ack(1), ack(2), ack(3)));
    assertThat(received).containsExactly(ack(1));
    assertThat(channel.config().isAutoRead()).isFalse();

    decoder.resume();
    assertThat(received).containsExactly(ack(1), ack(2));

    holdEach = false;
    decoder.resume();
    assertThat(received).containsExactly(ack(1), ack(2), ack(3));
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void shouldEndAnUnfinishedFrameAtItsDeadline() {
    channel.freezeTime();
    byte[] bytes = bytes(ack(1));
    for (int i = 0; i < 8; i++) {
      feed(bytes[i]);
      channel.advanceTimeBy(1, TimeUnit.SECONDS);
    }
    channel.advanceTimeBy(6_999, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    assertThat(received).isEmpty();

    channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    assertThat(received).containsExactly(FailureCode.FRAME_TIMEOUT);
  }

  @Test
  void shouldMeasureEachFrameFromItsOwnFirstByte() {
    channel.freezeTime();
    byte[] bytes = bytes(ack(1));
    for (int round = 0; round < 5; round++) {
      feed(Arrays.copyOf(bytes, 3));
      channel.advanceTimeBy(10, TimeUnit.SECONDS);
      channel.runScheduledPendingTasks();
      feed(Arrays.copyOfRange(bytes, 3, bytes.length));
    }
    assertThat(received).hasSize(5).containsOnly(ack(1));
  }

  @Test
  void shouldNotCountTheTimeInWhichItIsHeld() {
    channel.freezeTime();
    byte[] bytes = bytes(ack(1));
    feed(Arrays.copyOf(bytes, 3));
    decoder.hold();
    channel.advanceTimeBy(60, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    decoder.resume();
    feed(Arrays.copyOfRange(bytes, 3, bytes.length));
    assertThat(received).containsExactly(ack(1));
  }

  @Test
  void shouldSurviveMutationsAndGarbage() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    byte[] good = bytes(ack(1), ack(2), ack(3));
    for (int round = 0; round < 2_000; round++) {
      received.clear();
      byte[] bytes = good.clone();
      int at = random.nextInt(bytes.length);
      bytes[at] ^= (byte) (1 + random.nextInt(255));
      FrameDecoder fresh = new FrameDecoder(new RawFrame(), MAX_BYTES, TIMEOUT_MS);
      EmbeddedChannel each = new EmbeddedChannel(fresh, new Collector());
      for (int i = 0; i < bytes.length; ) {
        int part = Math.min(bytes.length - i, 1 + random.nextInt(12));
        each.writeInbound(Unpooled.copiedBuffer(bytes, i, part));
        i += part;
      }
      each.finishAndReleaseAll();
      // then frames before the damage are whole, and the damage is found or still awaited
      int whole = at / (good.length / 3);
      assertThat(received.size()).isBetween(whole, whole + 1);
      for (int i = 0; i < received.size(); i++) {
        if (i < whole) {
          assertThat(received.get(i)).isEqualTo(ack(i + 1L));
        } else {
          assertThat(received.get(i)).isInstanceOf(FailureCode.class);
        }
      }
    }
  }
}
