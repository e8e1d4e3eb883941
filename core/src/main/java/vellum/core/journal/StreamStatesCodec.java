package vellum.core.journal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32C;

/**
 * The bytes of {@link StreamStates}.
 *
 * <pre>
 *  0  u32  magic 564C5353 ("VLSS")
 *  4  u16  format = 1
 *  6  u64  journal sequence
 * 14  u32  streams; for each:
 *            u16 length, producer, UTF-8 · u16 length, instance · u16 stream
 *            u64 epoch · u64 last sequence · u64 journal sequence · u64 changed at, microseconds
 *            u16 rejections; for each: u64 sequence, u32 code
 * ..  u32  CRC32C of everything before
 * </pre>
 *
 * Leases are not kept: no connection outlives the process. No state; thread-safe.
 */
final class StreamStatesCodec {

  private static final int MAGIC = 0x564C5353;
  private static final int FORMAT = 1;
  private static final int CRC_BYTES = 4;
  private static final int LEAST_BYTES = 18 + CRC_BYTES;

  private StreamStatesCodec() {}

  static byte[] encode(StreamStates states) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + 64 * states.size());
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeShort(FORMAT);
      out.writeLong(states.sequence());
      out.writeInt(states.size());
      for (StreamState state : states.all()) {
        write(state, out);
      }
      byte[] content = bytes.toByteArray();
      out.writeInt(crc(content, content.length));
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return bytes.toByteArray();
  }

  private static void write(StreamState state, DataOutputStream out) throws IOException {
    out.writeUTF(state.id().producer());
    out.writeUTF(state.id().instance());
    out.writeShort(state.id().stream());
    out.writeLong(state.epoch());
    out.writeLong(state.last());
    out.writeLong(state.journalSequence());
    out.writeLong(state.changedAtMicros());
    RecentRejections rejections = state.rejections();
    out.writeShort(rejections.size());
    for (int i = 0; i < rejections.size(); i++) {
      out.writeLong(rejections.sequence(i));
      out.writeInt(rejections.code(i));
    }
  }

  static StreamStates decode(byte[] encoded) {
    int end = encoded.length - CRC_BYTES;
    if (encoded.length < LEAST_BYTES) {
      throw new JournalException.Corrupt("states of streams in " + encoded.length + " bytes");
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded))) {
      int magic = in.readInt();
      int format = in.readUnsignedShort();
      if (magic == MAGIC && format > FORMAT) {
        throw new JournalException.WrongFormat(
            "states of streams of format " + format + "; this version reads " + FORMAT);
      }
      int stored = new DataInputStream(new ByteArrayInputStream(encoded, end, CRC_BYTES)).readInt();
      if (magic != MAGIC || format != FORMAT || stored != crc(encoded, end)) {
        throw new JournalException.Corrupt("states of streams have a wrong checksum");
      }
      StreamStates states = new StreamStates(in.readLong());
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        states.put(read(in));
      }
      return states;
    } catch (IOException | IllegalArgumentException malformed) {
      throw new JournalException.Corrupt("states of streams do not parse", malformed);
    }
  }

  private static StreamState read(DataInputStream in) throws IOException {
    StreamId id = new StreamId(in.readUTF(), in.readUTF(), in.readUnsignedShort());
    StreamState state =
        new StreamState(id, in.readLong(), in.readLong(), in.readLong(), in.readLong());
    int rejections = in.readUnsignedShort();
    for (int i = 0; i < rejections; i++) {
      state.rejections().add(in.readLong(), in.readInt());
    }
    return state;
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
