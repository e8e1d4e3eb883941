package vellum.core.seal;

import java.util.List;
import vellum.core.record.Output;

/** The body of a batch: its head, then its entries. Layout in {@link SealedBatch}. */
final class BatchBody {

  private BatchBody() {}

  /** Puts a body together, in an array of its size. */
  static byte[] of(EntryWriter writer, List<Rejected> rejected) {
    List<byte[]> months = writer.months();
    Output entries = writer.entries();
    Output head = new Output(64 + 5 * rejected.size());
    head.writeByte(BatchSealer.FORMAT);
    head.writeVarint(months.size());
    for (byte[] name : months) {
      head.writeByte(name.length);
      head.write(name, 0, name.length);
    }
    head.writeVarint(rejected.size());
    for (Rejected one : rejected) {
      head.writeVarint(one.offset());
      head.writeVarint(one.code());
    }
    byte[] body = new byte[head.size() + entries.size()];
    System.arraycopy(head.bytes(), 0, body, 0, head.size());
    System.arraycopy(entries.bytes(), 0, body, head.size(), entries.size());
    return body;
  }
}
