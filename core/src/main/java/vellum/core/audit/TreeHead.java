package vellum.core.audit;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * What a checkpoint says of a trail (C2SP tlog-checkpoint): the text of a signed note.
 *
 * <pre>
 *   origin                      name of the trail, no spaces and no "+"
 *   entries                     decimal, without leading zeros
 *   root                        hash of the tree, base64
 * </pre>
 *
 * @param size entries that it covers
 * @param root 32 bytes
 */
public record TreeHead(String origin, long size, byte[] root) {

  private static final int LINES = 3;

  public TreeHead {
    if (!VerifierKey.isName(origin) || size < 0 || root.length != HashTree.HASH_BYTES) {
      throw new IllegalArgumentException("origin, size or root of a checkpoint is wrong");
    }
  }

  String text() {
    return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
  }

  /**
   * The head of a note's text. Lines behind the third are passed over, as the format asks.
   *
   * @throws AuditException.Unreadable when it is no checkpoint
   */
  static TreeHead parse(String text) {
    List<String> lines = Arrays.asList(text.split("\n", -1));
    if (lines.size() > LINES && lines.get(1).matches("0|[1-9][0-9]{0,17}")) {
      try {
        byte[] root = Base64.getDecoder().decode(lines.get(2));
        return new TreeHead(lines.get(0), Long.parseLong(lines.get(1)), root);
      } catch (IllegalArgumentException e) {
        // Said below.
      }
    }
    throw new AuditException.Unreadable("a checkpoint does not name origin, size and root");
  }

  /** Whether both say the same of the same trail. */
  boolean agrees(TreeHead other) {
    return origin.equals(other.origin) && size == other.size && Arrays.equals(root, other.root);
  }
}
