package vellum.core.billing;

import java.nio.charset.StandardCharsets;

/**
 * Who is billed or settled with: an account in the sale cube, a supplier in the cost cube.
 *
 * @param id at most 255 bytes of UTF-8; empty for legs that name no supplier
 */
public record Party(Cube cube, String id) implements Comparable<Party> {

  private static final int MAX_BYTES = 255;

  public Party {
    if (id.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new IllegalArgumentException("a party has at most " + MAX_BYTES + " bytes");
    }
  }

  /** The party that a cell's key begins with. */
  public static Party ofCell(byte[] key, int offset) {
    Cube cube = Cube.ofId(key[offset]);
    int length = key[offset + 1] & 0xFF;
    return new Party(cube, new String(key, offset + 2, length, StandardCharsets.UTF_8));
  }

  /** The day in a cell's key: days since 1970-01-01 in the party's zone. */
  public static int dayOfCell(byte[] key, int offset) {
    int at = offset + 2 + (key[offset + 1] & 0xFF);
    int sorting =
        (key[at] & 0xFF) << 24
            | (key[at + 1] & 0xFF) << 16
            | (key[at + 2] & 0xFF) << 8
            | key[at + 3] & 0xFF;
    return sorting ^ Integer.MIN_VALUE;
  }

  @Override
  public int compareTo(Party other) {
    int byCube = cube.compareTo(other.cube);
    return byCube != 0 ? byCube : id.compareTo(other.id);
  }
}
