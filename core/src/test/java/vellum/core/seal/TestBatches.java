package vellum.core.seal;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes sealed batches for tests of those who only carry them. */
public final class TestBatches {

  private static final int CODE = 7;

  private TestBatches() {}

  /** A body of so many bytes behind its head, filled by the seed. */
  public static SealedBatch filled(int sequences, int bytes, long seed, int... rejectedOffsets) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    List<Rejected> rejected = new ArrayList<>();
    body.write(1);
    body.write(0);
    varint(body, rejectedOffsets.length);
    for (int offset : rejectedOffsets) {
      varint(body, offset);
      varint(body, CODE);
      rejected.add(new Rejected(offset, CODE, "a field is missing"));
    }
    byte[] filler = new byte[bytes];
    new Random(seed).nextBytes(filler);
    body.writeBytes(filler);
    return new SealedBatch(body.toByteArray(), body.size(), sequences, rejected);
  }

  /** A batch whose body is given. */
  public static SealedBatch of(byte[] body, int sequences) {
    return new SealedBatch(body, body.length, sequences, List.of());
  }

  private static void varint(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest >= 0x80) {
      out.write(rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
