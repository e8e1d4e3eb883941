package vellum.core.seal;

import vellum.core.record.AspectKind;
import vellum.core.record.Wire;
import vellum.v1.Party;

/**
 * Finds the identifiers that are sealed in a row's submission, in the order in which the row has
 * them: that of the pseudonyms that came with it. Not thread-safe; reused from row to row.
 */
final class SubmissionWalk {

  /** Takes an identifier whose value is sealed. */
  interface Identifiers {
    /**
     * @param part of {@link ErasedParts}: the party it is of
     * @param kind number of the {@link vellum.v1.IdentifierKind}
     * @param value where its value is: identity class, then seal; in the row's own array
     */
    void sealed(int part, int kind, byte[] value, int offset, int length);
  }

  private final RowReader row = new RowReader();
  private final Wire wire = new Wire();

  /** Walks a row; the reader stands in its submission, if it has one, when this returns. */
  void over(byte[] bytes, int offset, int length, Identifiers found) {
    row.over(bytes, offset, length);
    try {
      while (row.next()) {
        if (row.kind() == AspectKind.SUBMISSION) {
          wire.over(row.bytes(), row.fieldsOffset(), row.fieldsLength());
          submission(found);
          return;
        }
      }
    } catch (Wire.Truncated e) {
      throw new BrokenRow("row ends in its submission");
    }
  }

  private void submission(Identifiers found) {
    while (wire.hasMore()) {
      int tag = (int) wire.readVarint();
      int part = ErasedParts.ofField(tag >>> 3);
      if (ErasedParts.isParty(part) && (tag & 7) == RowFormat.BYTES) {
        int outer = wire.narrow(wire.readLength());
        party(part, found);
        wire.widen(outer);
      } else {
        skip(wire, tag & 7);
      }
    }
  }

  private void party(int part, Identifiers found) {
    while (wire.hasMore()) {
      int tag = (int) wire.readVarint();
      if (tag != (Party.IDENTIFIERS_FIELD_NUMBER << 3 | RowFormat.BYTES)) {
        throw new BrokenRow("Party has a field of an unknown type");
      }
      int outer = wire.narrow(wire.readLength());
      identifier(part, found);
      wire.widen(outer);
    }
  }

  private void identifier(int part, Identifiers found) {
    int kind = 0;
    while (wire.hasMore()) {
      int type = (int) wire.readVarint() & 7;
      switch (type) {
        case RowFormat.VARINT -> kind = (int) wire.readVarint();
        case RowFormat.SEALED -> {
          int length = wire.readLength();
          int from = wire.position();
          wire.skip(length);
          found.sealed(part, kind, wire.bytes(), from, length);
        }
        default -> skip(wire, type);
      }
    }
  }

  /** Passes over the value of a field. */
  static void skip(Wire wire, int type) {
    switch (type) {
      case RowFormat.BYTES, RowFormat.SEALED -> wire.skip(wire.readLength());
      case RowFormat.VARINT, RowFormat.ZONE, RowFormat.CONTENT, RowFormat.TIME -> wire.readVarint();
      default -> throw new BrokenRow("row has a field of the unknown type " + type);
    }
  }
}
