package vellum.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

final class FrameTest {

  private static final byte[] BODY = {9, 8, 7, 6, 5};
  private static final JournalEntry ENTRY =
      new JournalEntry(
          1L << 40,
          JournalEntry.Kind.RECORDS,
          1_795_000_000_000_000L,
          new StreamId("ä".repeat(32), "i".repeat(64), 65_535),
          7,
          1L << 33,
          100,
          3,
          BODY,
          1,
          3);

  private static byte[] frame() {
    byte[] head = new byte[Frame.MAX_HEAD_BYTES];
    int length = Frame.encodeHead(ENTRY, 12, head);
    byte[] frame = Arrays.copyOf(head, length + 3);
    System.arraycopy(BODY, 1, frame, length, 3);
    return frame;
  }

  @Test
  void shouldReadWhatItWrote() {
    byte[] frame = frame();

    JournalEntry read = Frame.decode(frame);

    assertThat(Frame.fault(frame, frame.length)).isNull();
    assertThat(Frame.sequence(frame)).isEqualTo(1L << 40);
    assertThat(Frame.forced(frame)).isEqualTo(12);
    assertThat(read)
        .usingRecursiveComparison()
        .ignoringFields("buffer", "bodyOffset")
        .isEqualTo(ENTRY);
    assertThat(Arrays.copyOfRange(frame, read.bodyOffset(), frame.length)).containsExactly(8, 7, 6);
  }

  @Test
  void shouldFindEveryFlippedBitAndEveryCut() {
    byte[] frame = frame();
    for (int i = 0; i < frame.length; i++) {
      byte[] flipped = frame.clone();
      flipped[i] ^= 0x40;

      assertThat(Frame.fault(flipped, flipped.length)).isNotNull();
      assertThat(Frame.fault(frame, i)).isNotNull();
    }
    assertThat(Frame.fault(new byte[500], 500)).isNotNull();
  }

  @Test
  void shouldTellANewerFormatFromDamage() {
    byte[] frame = frame();
    frame[5] = 2;
    CRC32C crc = new CRC32C();
    crc.update(frame, 0, 32);
    crc.update(frame, 36, frame.length - 36);
    ByteBuffer.wrap(frame).putInt(32, (int) crc.getValue());

    assertThat(Frame.fault(frame, frame.length)).isNull();
    assertThatThrownBy(() -> Frame.decode(frame))
        .isInstanceOf(JournalException.WrongFormat.class)
        .hasMessageContaining("format 2");
  }

  /** Bytes that were on disks with format 1. */
  @Test
  void shouldStillReadAFrameOfFormatOne() {
    String golden =
        "564c4a4500010003000000000000002a00000000000000290000002600000000b0e49f9c"
            + "0006607f1c2ad7c0000000000000000300000000000000010000000000000000000201017069";
    byte[] frame = java.util.HexFormat.of().parseHex(golden);
    JournalEntry entry =
        new JournalEntry(
            42,
            JournalEntry.Kind.STREAM_OPENED,
            0x0006607f1c2ad7c0L,
            new StreamId("p", "i", 2),
            3,
            1,
            0,
            0,
            BODY,
            0,
            0);
    byte[] head = new byte[Frame.MAX_HEAD_BYTES];
    int length = Frame.encodeHead(entry, 41, head);

    assertThat(java.util.HexFormat.of().formatHex(head, 0, length)).isEqualTo(golden);
    assertThat(Frame.fault(frame, frame.length)).isNull();
  }
}
