package vellum.ingest.scan;

import org.jspecify.annotations.Nullable;

/**
 * Looks for numbers and addresses in text that stands among any bytes. Not thread-safe.
 *
 * <p>A number is found at any place of a run of digits that has at most three more than itself. In
 * longer runs, such as times in nanoseconds, any number is found some day by chance, and so it is
 * in ids of random hexadecimal digits (suppliers' ids of messages are, and stand in clear): such
 * hits are {@link ByteForm#EMBEDDED}.
 */
final class TextSearch {

  private static final int MOST_MORE_DIGITS = 3;
  private static final int LEAST_HEX_WORD = 16;
  private static final int LEAST_HEX_MORE = 3;

  private final ValueSet values;
  private final Runs digitRuns = new Runs(DigitSet.LEAST_DIGITS, b -> b >= '0' && b <= '9');

  TextSearch(ValueSet values) {
    this.values = values;
  }

  /** Looks through text that was decoded, or is not expected to hold numbers by chance. */
  void search(byte[] text, int from, int to, ByteForm form, HitSink sink) {
    search(text, from, to, form, sink, null);
  }

  /**
   * Looks through text.
   *
   * @param chance counts looks into longer words, whose hits are told too; null leaves them out
   */
  void search(byte[] text, int from, int to, ByteForm form, HitSink sink, @Nullable Chance chance) {
    int start = digitRuns.find(text, from, to);
    while (start >= 0) {
      int end = digitRuns.end();
      boolean hex = chance != null && inHexWord(text, start, end, from, to);
      inRun(text, start, end, hex, new Told(form, sink, chance));
      start = digitRuns.find(text, end, to);
    }
    values.texts().search(text, from, to, form, sink);
  }

  /** Whom hits are told. */
  private record Told(ByteForm form, HitSink sink, @Nullable Chance chance) {}

  private void inRun(byte[] text, int from, int end, boolean hex, Told told) {
    int run = end - from;
    long[] looks = told.chance == null ? null : told.chance.looks(ByteForm.EMBEDDED);
    for (int start = from; start + DigitSet.LEAST_DIGITS <= end; start++) {
      long key = 1;
      int most = Math.min(DigitSet.MOST_DIGITS, end - start);
      for (int size = 1; size <= most; size++) {
        key = key * 10 + (text[start + size - 1] - '0');
        if (size < DigitSet.LEAST_DIGITS) {
          continue;
        }
        boolean word = !hex && run - size <= MOST_MORE_DIGITS;
        if (word && values.reversed().size(size) > 0) {
          tell(values.reversed().line(key), ByteForm.REVERSED, start, told);
        }
        if ((word || looks != null) && values.digits().size(size) > 0) {
          tell(values.digits().line(key), word ? told.form : ByteForm.EMBEDDED, start, told);
        }
        if (!word && looks != null) {
          looks[size]++;
        }
      }
    }
  }

  private static void tell(int line, ByteForm form, int start, Told told) {
    if (line != 0) {
      told.sink.hit(form, start, line);
    }
  }

  /**
   * Whether the run is part of a longer word of hexadecimal digits, as random ids are. Looks no
   * farther than what decides: ids may stand side by side, and be a word of any length.
   */
  private static boolean inHexWord(byte[] text, int from, int end, int least, int most) {
    int first = from;
    while (first > Math.max(least, from - LEAST_HEX_WORD) && isHex(text[first - 1])) {
      first--;
    }
    int last = end;
    while (last < Math.min(most, end + LEAST_HEX_WORD) && isHex(text[last])) {
      last++;
    }
    int word = last - first;
    return word >= LEAST_HEX_WORD && word - (end - from) >= LEAST_HEX_MORE;
  }

  /** Small letters only, and the dash of UUIDs. */
  static boolean isHex(byte b) {
    return b >= '0' && b <= '9' || b >= 'a' && b <= 'f' || b == '-';
  }
}
