package vellum.ingest.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import vellum.core.period.Place;
import vellum.core.record.MonthId;

/**
 * Where a page ended, as text: base64url of {@code 1/2026-11.default/<hex digits of the key>}.
 * Holds no identity. Stateless.
 */
final class Cursor {

  private static final String VERSION = "1";

  private Cursor() {}

  static String text(Place place) {
    String plain = VERSION + "/" + place.month() + "/" + HexFormat.of().formatHex(place.key());
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Reads a cursor.
   *
   * @param keyBytes of the keys of the look-up that goes on: of a person's records, or an account's
   */
  static Place parse(String text, int keyBytes) {
    Place place = parse(text);
    if (place.key().length != keyBytes) {
      throw bad();
    }
    return place;
  }

  /** Reads a cursor of a look-up whose keys are not all of one length. */
  static Place parse(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
      String[] parts = plain.split("/", -1);
      if (parts.length == 3 && parts[0].equals(VERSION)) {
        return new Place(MonthId.parse(parts[1]), HexFormat.of().parseHex(parts[2]));
      }
    } catch (IllegalArgumentException e) {
      // Said below, for all ways to be wrong.
    }
    throw bad();
  }

  private static Problem bad() {
    return Problem.bad("BAD_CURSOR", "cursor must be the next of an earlier answer");
  }
}
