package vellum.bench.peers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Records in the binary format of COPY (PostgreSQL 15 manual, COPY, "Binary Format"). Not
 * thread-safe.
 *
 * <pre>
 *   header: "PGCOPY\n\377\r\n\0", flags u32 = 0, extension u32 = 0
 *   row:    columns u16, each: length i32 (-1: null), bytes
 *   end:    u16 = 0xFFFF
 * </pre>
 */
final class PostgresRows {

  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  /** Microseconds from 1970 to 2000, with which times begin here. */
  private static final long EPOCH_MICROS = 946_684_800_000_000L;

  /** More than a record has. */
  private static final int ROW_BYTES = 8 * 1024;

  private ByteBuffer out = ByteBuffer.allocate(1 << 20);

  /** All records, header and end included; the buffer is reused by the next call. */
  ByteBuffer write(List<PeerRecord> records) {
    out.clear();
    out.put(HEADER);
    for (PeerRecord record : records) {
      if (out.remaining() < ROW_BYTES) {
        out = ByteBuffer.allocate(2 * out.capacity()).put(out.flip());
      }
      out.putShort((short) PostgresSchema.STAGED.size());
      for (PeerColumn column : PostgresSchema.STAGED) {
        put(record, column);
      }
    }
    return out.putShort((short) -1).flip();
  }

  private void put(PeerRecord record, PeerColumn column) {
    switch (column.type()) {
      case ID -> out.putInt(16).putLong(record.idHigh()).putLong(record.idLow());
      case TIME -> {
        long micros = record.number(column);
        if (micros == 0) {
          out.putInt(-1);
        } else {
          out.putInt(8).putLong(micros - EPOCH_MICROS);
        }
      }
      case SMALL -> out.putInt(2).putShort((short) record.number(column));
      case LONG -> out.putInt(8).putLong(record.number(column));
      case TEXT, IDENTITY -> {
        String text = record.text(column);
        if (text.isEmpty()) {
          out.putInt(-1);
        } else {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          out.putInt(bytes.length).put(bytes);
        }
      }
    }
  }
}
