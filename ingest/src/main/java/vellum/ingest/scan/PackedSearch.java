package vellum.ingest.scan;

import java.util.Arrays;

/**
 * Looks for numbers packed two digits a byte, among any bytes, beginning in either half of one. Not
 * thread-safe.
 *
 * <pre>
 *   "49170123456"   BCD  49 17 01 23 45 6F    or ?4 91 70 12 34 56
 *                   TBCD 94 71 10 32 54 F6    or 4? 19 07 21 43 65
 * </pre>
 *
 * <p>A filler F needs no care: it ends the run of digits. Numbers that begin with three zeros are
 * not looked for (empty space is all zeros).
 *
 * <p>Text of hexadecimal digits looks packed, its bytes are 30 to 39 and 61 to 66, and {@link
 * TextSearch} reads it. So digits are passed over that are all such text, and those of which half
 * or more stand in a word of at least 8 bytes of it, which binary bytes go on:
 *
 * <pre>
 *   ... 37 64 62 65 39 | 48 02 77    the end of an id, and what follows: TBCD 46 26 56 93 84 20 77
 *         text: 8 digits   6 digits
 * </pre>
 *
 * <p>What is passed over is no look for {@link Chance} either.
 */
final class PackedSearch {

  /** Of many values short ones stand in any ciphertext. */
  private static final int FEW_VALUES = 1_000;

  static final int LEAST_DIGITS_OF_FEW = 9;
  static final int LEAST_DIGITS_OF_MANY = 11;

  /** So many bytes of text in a row are hardly ever ciphertext. */
  private static final int LEAST_WORD_BYTES = 8;

  private final DigitSet digits;
  private final int leastDigits;
  private final Runs runs;

  /** Which bytes of the run in hand stand in a word of text. */
  private final boolean[] inWord;

  /**
   * @param mostBytes that are searched at a time
   */
  PackedSearch(DigitSet digits, int mostBytes) {
    this.inWord = new boolean[mostBytes];
    this.digits = digits;
    this.leastDigits = digits.size() <= FEW_VALUES ? LEAST_DIGITS_OF_FEW : LEAST_DIGITS_OF_MANY;
    this.runs = new Runs((leastDigits - 1) / 2, b -> b >> 4 <= 9 && (b & 0xF) <= 9);
  }

  /** Looks in both orders of the halves. */
  void search(byte[] bytes, int from, int to, HitSink sink, Chance chance) {
    if (digits.size() == 0) {
      return;
    }
    int start = runs.find(bytes, from, to);
    while (start >= 0) {
      int end = runs.end();
      // The half of a byte on either side may belong to it.
      int first = Math.max(from, start - 1);
      int last = Math.min(to, end + 1);
      markWords(bytes, first, last, from, to);
      halves(bytes, first, last, ByteForm.BCD, sink, chance.looks(ByteForm.BCD));
      halves(bytes, first, last, ByteForm.TBCD, sink, chance.looks(ByteForm.TBCD));
      start = runs.find(bytes, end, to);
    }
  }

  /** Marks the bytes of the run; its words may begin before it and end behind it. */
  private void markWords(byte[] bytes, int first, int last, int from, int to) {
    int at = first;
    while (at < last) {
      if (!TextSearch.isHex(bytes[at])) {
        inWord[at++] = false;
        continue;
      }
      int start = at;
      while (start > from && at - start < LEAST_WORD_BYTES && TextSearch.isHex(bytes[start - 1])) {
        start--;
      }
      int end = at + 1;
      while (end < to && (end < last || end - start < LEAST_WORD_BYTES)) {
        if (!TextSearch.isHex(bytes[end])) {
          break;
        }
        end++;
      }
      int marked = Math.min(end, last);
      Arrays.fill(inWord, at, marked, end - start >= LEAST_WORD_BYTES);
      at = marked;
    }
  }

  private void halves(byte[] bytes, int from, int to, ByteForm form, HitSink sink, long[] looks) {
    int swap = form == ByteForm.TBCD ? 1 : 0;
    int last = 2 * to;
    for (int half = 2 * from; half + leastDigits <= last; half++) {
      boolean empty =
          digit(bytes, half, swap) == 0
              && digit(bytes, half + 1, swap) == 0
              && digit(bytes, half + 2, swap) == 0;
      if (empty) {
        continue;
      }
      at(bytes, half, last, form, sink, looks);
    }
  }

  private void at(byte[] bytes, int half, int last, ByteForm form, HitSink sink, long[] looks) {
    int swap = form == ByteForm.TBCD ? 1 : 0;
    long key = 1;
    boolean text = true;
    int wordDigits = 0;
    int most = Math.min(DigitSet.MOST_DIGITS, last - half);
    for (int size = 1; size <= most; size++) {
      int at = half + size - 1;
      int digit = digit(bytes, at, swap);
      if (digit > 9) {
        return;
      }
      key = key * 10 + digit;
      text &= TextSearch.isHex(bytes[at >> 1]);
      wordDigits += inWord[at >> 1] ? 1 : 0;
      if (size >= leastDigits && !text && 2 * wordDigits < size) {
        looks[size]++;
        int line = digits.size(size) > 0 ? digits.line(key) : 0;
        if (line != 0) {
          sink.hit(form, half >> 1, line);
        }
      }
    }
  }

  /**
   * @param swap 1 when the first digit of a byte is in its low half
   */
  private static int digit(byte[] bytes, int half, int swap) {
    int both = bytes[half >> 1];
    return (half & 1) == swap ? both >> 4 & 0xF : both & 0xF;
  }
}
