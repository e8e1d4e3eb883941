package vellum.core.search;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import vellum.core.record.MonthId;

/**
 * Where a page ended, as text: base64url of a version, the kind of walk, and where that stands.
 * Names a record, and no person.
 *
 * <pre>
 *   1/i/KEY                     walk by the index, behind a record's key
 *   1/s/ACCOUNT/MONTH/KEY       walk through an account's months; of all accounts 0; behind a key
 *   1/v/VAULT/KEY               walk through a vault, behind a key
 * </pre>
 */
record SearchCursor(String kind, String[] parts) {

  static final String INDEX = "i";
  static final String SCAN = "s";
  static final String VAULT = "v";

  private static final String VERSION = "1";
  private static final int MOST_CHARS = 400;

  static String write(String... parts) {
    String plain = VERSION + "/" + String.join("/", parts);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
  }

  static SearchCursor parse(String text) {
    if (text.length() > MOST_CHARS) {
      throw new SearchException.BadCursor();
    }
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
      String[] parts = plain.split("/", -1);
      if (parts.length >= 3 && parts[0].equals(VERSION)) {
        return new SearchCursor(parts[1], Arrays.copyOfRange(parts, 2, parts.length));
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new SearchException.BadCursor();
  }

  /**
   * A key among its parts.
   *
   * @param bytes that it has
   */
  byte[] key(int part, int bytes) {
    try {
      byte[] key = HexFormat.of().parseHex(part(part));
      if (key.length == bytes) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new SearchException.BadCursor();
  }

  MonthId period(int part) {
    try {
      return MonthId.parse(part(part));
    } catch (IllegalArgumentException e) {
      throw new SearchException.BadCursor();
    }
  }

  int number(int part) {
    try {
      return Integer.parseUnsignedInt(part(part));
    } catch (NumberFormatException e) {
      throw new SearchException.BadCursor();
    }
  }

  private String part(int part) {
    if (part >= parts.length) {
      throw new SearchException.BadCursor();
    }
    return parts[part];
  }

  static String hex(byte[] key) {
    return HexFormat.of().formatHex(key);
  }
}
