package vellum.ingest.demo;

import java.util.Set;

/**
 * Looks for numbers and addresses in text that stands among any bytes. Not thread-safe.
 *
 * <p>A number is found at any place of a run of digits that has at most three more than itself: in
 * longer runs, such as times in nanoseconds, any number would be found some day by chance. So it
 * would in ids of random hexadecimal digits (suppliers' ids of messages are, and stand in clear): a
 * run inside such a word is passed over.
 */
final class TextSearch {

  private static final int MOST_MORE_DIGITS = 3;
  private static final int LONGEST_MAIL_PART = 64;
  private static final int LEAST_HEX_WORD = 16;
  private static final int LEAST_HEX_MORE = 3;

  private final DigitSet digits;
  private final Set<String> mails;

  TextSearch(DigitSet digits, Set<String> mails) {
    this.digits = digits;
    this.mails = mails;
  }

  /** How many stand in the bytes. */
  int count(byte[] text, int length) {
    int found = 0;
    int runStart = 0;
    for (int i = 0; i <= length; i++) {
      byte next = i < length ? text[i] : 0;
      if (next >= '0' && next <= '9') {
        continue;
      }
      if (i - runStart >= DigitSet.LEAST_DIGITS) {
        found += inHexWord(text, runStart, i, length) ? 0 : inRun(text, runStart, i);
      }
      runStart = i + 1;
      if (next == '@' && !mails.isEmpty() && isMail(text, i, length)) {
        found++;
      }
    }
    return found;
  }

  private int inRun(byte[] text, int from, int end) {
    int run = end - from;
    int least = Math.max(DigitSet.LEAST_DIGITS, run - MOST_MORE_DIGITS);
    int most = Math.min(DigitSet.MOST_DIGITS, run);
    int found = 0;
    for (int size = least; size <= most; size++) {
      for (int start = from; start + size <= end && digits.size(size) > 0; start++) {
        long key = 1;
        for (int i = start; i < start + size; i++) {
          key = key * 10 + (text[i] - '0');
        }
        if (digits.contains(key)) {
          found++;
        }
      }
    }
    return found;
  }

  /** Whether the run is part of a longer word of hexadecimal digits, as random ids are. */
  private static boolean inHexWord(byte[] text, int from, int end, int length) {
    int first = from;
    while (first > 0 && isHex(text[first - 1])) {
      first--;
    }
    int last = end;
    while (last < length && isHex(text[last])) {
      last++;
    }
    int word = last - first;
    return word >= LEAST_HEX_WORD && word - (end - from) >= LEAST_HEX_MORE;
  }

  /** Small letters only, and the dash of UUIDs. */
  static boolean isHex(byte b) {
    return b >= '0' && b <= '9' || b >= 'a' && b <= 'f' || b == '-';
  }

  private boolean isMail(byte[] text, int at, int length) {
    int from = at;
    while (from > 0 && at - from < LONGEST_MAIL_PART && isMailPart(text[from - 1])) {
      from--;
    }
    int end = at + 1;
    while (end < length && end - at <= LONGEST_MAIL_PART && isMailPart(text[end])) {
      end++;
    }
    StringBuilder around = new StringBuilder();
    for (int i = from; i < end; i++) {
      around.append((char) (text[i] >= 'A' && text[i] <= 'Z' ? text[i] + 'a' - 'A' : text[i]));
    }
    int middle = at - from;
    for (int left = 0; left < middle; left++) {
      for (int right = around.length(); right > middle + 1; right--) {
        if (mails.contains(around.substring(left, right))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isMailPart(byte b) {
    return b >= 'a' && b <= 'z'
        || b >= 'A' && b <= 'Z'
        || b >= '0' && b <= '9'
        || b == '.'
        || b == '-'
        || b == '_'
        || b == '+';
  }
}
