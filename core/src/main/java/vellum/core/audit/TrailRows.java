package vellum.core.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import vellum.core.store.Table;
import vellum.core.store.Table.Shape;

/**
 * The tables of the trail in the control store, and their rows. Stateless.
 *
 * <pre>
 *   audit              u64 number                → the entry's line
 *   audit-checkpoints  u64 entries signed over   → a signed note (C2SP tlog-checkpoint), UTF-8
 *   audit-state        "head"                    → state of the tree, below
 *                      "origin"                  → name of the trail, UTF-8
 *                      "signed"                  → u64 entries of the newest checkpoint
 *                      "configuration"           → SHA-256 of the settings last loaded, hex
 *                      "key " + its text         → empty; a key that signs or signed
 *
 *   head   0  u64      entries
 *          8  32 B     hash of the last entry, zeros when there is none
 *         40  32 B..   roots of the tree's full subtrees, the largest first
 * </pre>
 */
final class TrailRows {

  static final Table ENTRIES = new Table("audit", Long.BYTES, Shape.SMALL);
  static final Table CHECKPOINTS = new Table("audit-checkpoints", Long.BYTES, Shape.SMALL);
  static final Table STATE = new Table("audit-state", 0, Shape.SMALL);

  static final byte[] HEAD = ascii("head");
  static final byte[] ORIGIN = ascii("origin");
  static final byte[] SIGNED = ascii("signed");
  static final byte[] CONFIGURATION = ascii("configuration");
  static final String KEY = "key ";

  private static final int LAST_AT = Long.BYTES;
  private static final int FULL_AT = LAST_AT + HashTree.HASH_BYTES;

  private TrailRows() {}

  /** What the next entry follows: the tree so far, and the hash of the last entry. */
  record Head(HashTree tree, byte[] last) {

    static final Head EMPTY = new Head(new HashTree(), new byte[HashTree.HASH_BYTES]);

    /** The head behind another entry; this one stays as it is. */
    Head with(byte[] line) {
      HashTree grown = tree.copy();
      byte[] leaf = HashTree.leaf(line);
      grown.add(leaf);
      return new Head(grown, leaf);
    }

    String lastHex() {
      return HexFormat.of().formatHex(last);
    }
  }

  static byte[] write(Head head) {
    List<byte[]> full = head.tree().full();
    ByteBuffer row = ByteBuffer.allocate(FULL_AT + full.size() * HashTree.HASH_BYTES);
    row.putLong(head.tree().size()).put(head.last());
    full.forEach(row::put);
    return row.array();
  }

  /** The head of a row. */
  static Head readHead(byte[] row) {
    if (row.length < FULL_AT || (row.length - FULL_AT) % HashTree.HASH_BYTES != 0) {
      throw new AuditException.Damaged("the row of its state has " + row.length + " bytes");
    }
    ByteBuffer bytes = ByteBuffer.wrap(row);
    long size = bytes.getLong();
    byte[] last = new byte[HashTree.HASH_BYTES];
    bytes.get(last);
    List<byte[]> full = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] root = new byte[HashTree.HASH_BYTES];
      bytes.get(root);
      full.add(root);
    }
    try {
      return new Head(new HashTree(size, full), last);
    } catch (IllegalArgumentException e) {
      throw new AuditException.Damaged("the row of its state does not fit its size");
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
