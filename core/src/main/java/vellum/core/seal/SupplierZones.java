package vellum.core.seal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import vellum.core.record.Output;

/**
 * Writes the offset of a supplier's zone into its leg, right before the supplier. Knows the
 * suppliers seen lately by the bytes of their ids, so that a leg makes no new string; a newcomer
 * replaces whoever had its slot. Not thread-safe.
 */
final class SupplierZones {

  private static final int SLOTS = 1024;

  private final AccountFacts facts;
  private final @Nullable Entry[] slots = new Entry[SLOTS];

  SupplierZones(AccountFacts facts) {
    this.facts = facts;
  }

  /** Writes the zone of the supplier whose checked id stands in these bytes; nothing for UTC. */
  void write(byte[] bytes, int from, int length, long startedAtMicros, Output row) {
    int quarters = facts.supplierZoneQuarters(id(bytes, from, length), startedAtMicros);
    if (quarters != 0) {
      row.writeByte(RowFormat.LEG_ZONE_TAG);
      row.writeZigzag(quarters);
    }
  }

  private String id(byte[] bytes, int from, int length) {
    int hash = 1;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ hash >>> 15) & (SLOTS - 1);
    Entry entry = slots[slot];
    if (entry == null
        || !Arrays.equals(entry.bytes, 0, entry.bytes.length, bytes, from, from + length)) {
      entry =
          new Entry(
              new String(bytes, from, length, StandardCharsets.UTF_8),
              Arrays.copyOfRange(bytes, from, from + length));
      slots[slot] = entry;
    }
    return entry.id;
  }

  private record Entry(String id, byte[] bytes) {}
}
