package vellum.core.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.record.Field;
import vellum.core.record.MessageShape;
import vellum.core.record.Output;
import vellum.core.record.Wire;
import vellum.v1.DetailRecord;

final class FieldCopyTest {

  @TempDir Path directory;

  @Test
  void shouldMakeOneRowOfAllEncodingsOfARecord() {
    // given
    SealFixture fixture = new SealFixture(directory);
    long seed = 29;
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      DetailRecord clear = TestRecords.full(random, "text");
      byte[] shortest = clear.toByteArray();
      byte[] longer = longer(shortest, MessageShape.DETAIL_RECORD, random);

      // when
      fixture.sealer.begin(account -> true);
      fixture.sealer.add(longer, 0, longer.length);
      SealedBatch batch = fixture.sealer.finish();

      // then
      assertThat(longer).hasSizeGreaterThan(shortest.length);
      assertThat(batch.rejected()).as("seed %d, record %d", seed, i).isEmpty();
      assertThat(body(batch))
          .as("seed %d, record %d", seed, i)
          .isEqualTo(body(fixture.seal(clear)));
    }
  }

  private static byte[] body(SealedBatch batch) {
    return Arrays.copyOf(batch.body(), batch.length());
  }

  /** The same message with numbers in longer forms, and with defaults that need not stand. */
  private static byte[] longer(byte[] message, MessageShape shape, Random random) {
    Wire wire = new Wire().over(message, 0, message.length);
    Output out = new Output(1024);
    int last = 2;
    while (wire.hasMore()) {
      long tag = wire.readVarint();
      Field field = shape.required((int) (tag >>> 3));
      for (int number = last + 1; number < field.number(); number++) {
        writeDefault(shape, number, out);
      }
      last = Math.max(last, field.number());
      write(tag, random, out);
      if ((tag & 7) == 0) {
        write(wire.readVarint(), random, out);
      } else {
        int length = wire.readLength();
        int from = wire.position();
        wire.skip(length);
        byte[] value = Arrays.copyOfRange(message, from, from + length);
        MessageShape inner = field.message();
        byte[] written = inner == null ? value : longer(value, inner, random);
        write(written.length, random, out);
        out.write(written, 0, written.length);
      }
    }
    return Arrays.copyOf(out.bytes(), out.size());
  }

  private static void writeDefault(MessageShape shape, int number, Output out) {
    Field field = shape.field(number);
    boolean clear = field != null && !field.repeated() && field.oneof() < 0;
    if (field != null && clear && field.kind() != Field.Kind.TIME && field.message() == null) {
      out.writeVarint((long) number << 3 | field.kind().wireType());
      out.writeByte(0);
    }
  }

  /** Writes a number with up to two bytes that say nothing. */
  private static void write(long value, Random random, Output out) {
    int more = random.nextInt(4) == 0 ? random.nextInt(3) : 0;
    int shortest = Output.varintSize(value);
    int extra = Math.min(more, 10 - shortest);
    out.writeVarint(value);
    for (int i = 0; i < extra; i++) {
      out.bytes()[out.size() - 1] |= (byte) 0x80;
      out.writeByte(0);
    }
  }
}
