package vellum.core.strip;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of ASCII words that is asked for ranges of bytes, ignoring case, without making objects.
 * Immutable.
 */
final class Words {

  /** An empty slot; made before the sets below, which need it. */
  private static final byte[] FREE = new byte[0];

  /** States of a delivery receipt (SMPP 3.4, appendix B; ENROUTE from section 5.2.28). */
  static final Words DLR_STATES =
      new Words(
          List.of(
              "DELIVRD", "EXPIRED", "DELETED", "UNDELIV", "ACCEPTD", "UNKNOWN", "REJECTD",
              "ENROUTE"));

  /** Domains under which anybody gets a mailbox, so that one names nobody. */
  static final Words MAIL_PROVIDERS =
      new Words(
          List.of(
              "gmail.com",
              "googlemail.com",
              "yahoo.com",
              "yahoo.co.uk",
              "yahoo.co.in",
              "yahoo.co.jp",
              "yahoo.de",
              "yahoo.es",
              "yahoo.fr",
              "yahoo.it",
              "yahoo.com.br",
              "ymail.com",
              "rocketmail.com",
              "aol.com",
              "hotmail.com",
              "hotmail.co.uk",
              "hotmail.de",
              "hotmail.es",
              "hotmail.fr",
              "hotmail.it",
              "outlook.com",
              "outlook.de",
              "outlook.fr",
              "outlook.es",
              "live.com",
              "live.co.uk",
              "live.fr",
              "msn.com",
              "icloud.com",
              "me.com",
              "mac.com",
              "proton.me",
              "protonmail.com",
              "gmx.de",
              "gmx.net",
              "gmx.at",
              "gmx.ch",
              "gmx.com",
              "web.de",
              "t-online.de",
              "freenet.de",
              "mail.com",
              "mail.ru",
              "yandex.ru",
              "yandex.com",
              "rambler.ru",
              "bk.ru",
              "list.ru",
              "inbox.ru",
              "ukr.net",
              "wp.pl",
              "o2.pl",
              "onet.pl",
              "interia.pl",
              "seznam.cz",
              "libero.it",
              "virgilio.it",
              "orange.fr",
              "wanadoo.fr",
              "free.fr",
              "laposte.net",
              "sfr.fr",
              "btinternet.com",
              "sky.com",
              "comcast.net",
              "verizon.net",
              "att.net",
              "uol.com.br",
              "bol.com.br",
              "terra.com.br",
              "rediffmail.com",
              "qq.com",
              "163.com",
              "126.com",
              "sina.com",
              "naver.com",
              "daum.net",
              "zoho.com",
              "fastmail.com",
              "tutanota.com"));

  private static final int LOAD = 4;

  private final byte[][] slots;

  Words(List<String> words) {
    slots = new byte[Integer.highestOneBit(words.size() * LOAD)][];
    Arrays.fill(slots, FREE);
    for (String word : words) {
      byte[] bytes = word.getBytes(StandardCharsets.US_ASCII);
      slots[free(bytes)] = bytes;
    }
  }

  /** The word as the set has it, or null. */
  byte @Nullable [] find(byte[] bytes, int offset, int length) {
    int at = slot(bytes, offset, length);
    for (byte[] word = slots[at]; word.length > 0; word = slots[at]) {
      if (isSame(word, bytes, offset, length)) {
        return word;
      }
      at = at + 1 & slots.length - 1;
    }
    return null;
  }

  private int free(byte[] word) {
    int at = slot(word, 0, word.length);
    while (slots[at].length > 0) {
      at = at + 1 & slots.length - 1;
    }
    return at;
  }

  private int slot(byte[] bytes, int offset, int length) {
    int hash = length;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + lower(bytes[i]);
    }
    return (hash ^ hash >>> 15) & slots.length - 1;
  }

  private static boolean isSame(byte[] word, byte[] bytes, int offset, int length) {
    if (word.length != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (lower(word[i]) != lower(bytes[offset + i])) {
        return false;
      }
    }
    return true;
  }

  private static int lower(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
  }
}
