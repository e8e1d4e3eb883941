package vellum.core.export;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import vellum.core.record.Sha256;
import vellum.core.settlement.Closing;

/**
 * The closings that the rows of an export are made of. While they are the same, so are the rows:
 * who goes on with an export must have the same {@link #name}.
 *
 * @param closings in a fixed order
 */
record ClosingSet(List<Closing> closings) {

  /** Of rows that are made of no closings. */
  static final ClosingSet NONE = new ClosingSet(List.of());

  private static final int NAME_BYTES = 16;

  ClosingSet {
    closings = List.copyOf(closings);
  }

  /** The last journal sequence that any of them has. */
  long position() {
    return closings.stream().mapToLong(Closing::position).max().orElse(0);
  }

  /** Names them: hex digits. */
  String name() {
    MessageDigest digest = Sha256.begin();
    for (Closing closing : closings) {
      Closing.Made made = closing.statement();
      String one =
          closing.party() + " " + closing.revision() + " " + (made == null ? "" : made.digest());
      digest.update((one + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return Sha256.hex(digest).substring(0, 2 * NAME_BYTES);
  }

  /** What is refused when the place to go on behind is of others. */
  static ExportException.Changed changed() {
    return new ExportException.Changed("periods were closed or reopened since the export began");
  }
}
