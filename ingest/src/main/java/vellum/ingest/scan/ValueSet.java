package vellum.ingest.scan;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The numbers and addresses that are looked for, each known by a line number. A number may be
 * written with "+" and separators; what is no number of 7 to 18 digits is a text of 6 to 254 bytes,
 * in small letters or capitals. Not thread-safe.
 */
public final class ValueSet {

  /** Most values. */
  public static final int MOST_VALUES = 1_000_000;

  private static final Pattern NUMBER = Pattern.compile("\\+?[0-9 ()./-]*[0-9][0-9 ()./-]*");
  private static final int LONGEST_CHARS = 2 * TextSet.MOST_BYTES;

  private final DigitSet digits = new DigitSet();
  private final DigitSet reversed = new DigitSet();
  private final TextSet texts = new TextSet();

  /** What became of a value. */
  public enum Added {
    ADDED,
    /** It is there already, under an earlier line. */
    KNOWN,
    /** A number has 7 to 18 digits, any other text 6 to 254 bytes. */
    TOO_SHORT_OR_LONG,
    /** There are {@link #MOST_VALUES} already. */
    TOO_MANY
  }

  /**
   * Adds a value.
   *
   * @param line by which findings name it, at least 1
   */
  public Added add(String value, int line) {
    String given = value.strip();
    if (given.length() > LONGEST_CHARS) {
      return Added.TOO_SHORT_OR_LONG;
    }
    boolean isNumber = NUMBER.matcher(given).matches();
    String number = isNumber ? given.replaceAll("[^0-9]", "") : "";
    if (isNumber && number.length() < DigitSet.LEAST_DIGITS) {
      return Added.TOO_SHORT_OR_LONG;
    }
    if (size() >= MOST_VALUES) {
      return Added.TOO_MANY;
    }
    if (isNumber && number.length() <= DigitSet.MOST_DIGITS) {
      reversed.add(new StringBuilder(number).reverse(), line);
      return digits.add(number, line) ? Added.ADDED : Added.KNOWN;
    }
    byte[] text =
        (isNumber ? number : given.toLowerCase(Locale.ROOT)).getBytes(StandardCharsets.UTF_8);
    if (text.length < TextSet.LEAST_BYTES || text.length > TextSet.MOST_BYTES) {
      return Added.TOO_SHORT_OR_LONG;
    }
    return texts.add(text, line) ? Added.ADDED : Added.KNOWN;
  }

  /** Different values. */
  public int size() {
    return digits.size() + texts.size();
  }

  /** Different numbers. */
  public int numbers() {
    return digits.size();
  }

  DigitSet digits() {
    return digits;
  }

  DigitSet reversed() {
    return reversed;
  }

  TextSet texts() {
    return texts;
  }
}
