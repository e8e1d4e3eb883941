package vellum.core.record;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import vellum.v1.IdentifierKind;
import vellum.v1.RejectionCode;

/**
 * An identifier in canonical form: the one spelling of a person's number or address under which it
 * is indexed, whatever way it came. Numbers are E.164 digits, also out of {@code sip:+49…} and
 * numeric chat ids; e-mail addresses are lower case with their domain in ASCII (IDNA), without
 * folding of aliases. Not thread-safe; reused from identifier to identifier.
 */
public final class CanonicalIdentity {

  private static final int LONGEST = 254;
  private static final int MAX_SENDER_ID = 11;
  private static final int MAX_SENDER_DIGITS = 6;
  private static final String SENDER_PUNCTUATION = " &._-+!'#/*";

  private byte[] bytes = new byte[LONGEST];
  private int length;
  private IdentityClass identityClass = IdentityClass.OTHER;
  private boolean routing;

  /** Canonical bytes; of a number its digits without "+". Valid up to {@link #length}. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  public IdentityClass identityClass() {
    return identityClass;
  }

  /** Whether by its own form it names a business, not a person: a sender id or a short code. */
  public boolean routing() {
    return routing;
  }

  /** As an inventory of business senders writes it: numbers with "+". */
  public String text() {
    String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
    return identityClass == IdentityClass.TEL ? "+" + text : text;
  }

  /** Reads an identifier; throws {@link BadRecord} when it is not what its kind says. */
  public CanonicalIdentity read(int kind, byte[] value, int offset, int valueLength) {
    int from = offset;
    int end = offset + valueLength;
    while (from < end && value[from] == ' ') {
      from++;
    }
    while (end > from && value[end - 1] == ' ') {
      end--;
    }
    int size = end - from;
    routing = false;
    switch (kind) {
      case IdentifierKind.E164_VALUE -> {
        if (!number(value, from, size)) {
          throw bad(RejectionCode.BAD_E164, "an E.164 number of 7 to 15 digits");
        }
      }
      case IdentifierKind.EMAIL_ADDRESS_VALUE -> {
        if (!email(value, from, size)) {
          throw bad(RejectionCode.BAD_EMAIL, "an e-mail address");
        }
      }
      case IdentifierKind.IMSI_VALUE -> {
        if (!TextRule.isDigits(value, from, size, 6, 15)) {
          throw bad(RejectionCode.BAD_IMSI, "an IMSI of 6 to 15 digits");
        }
        set(IdentityClass.IMSI, value, from, size);
      }
      case IdentifierKind.SIP_URI_VALUE -> sip(value, from, size);
      case IdentifierKind.CHANNEL_USER_ID_VALUE -> chat(value, from, size);
      case IdentifierKind.ALPHANUMERIC_VALUE -> senderId(value, from, size);
      case IdentifierKind.SHORT_CODE_VALUE -> {
        if (!TextRule.isDigits(value, from, size, 3, MAX_SENDER_DIGITS)) {
          throw bad(RejectionCode.BAD_SENDER_ID, "a short code of 3 to 6 digits");
        }
        set(IdentityClass.OTHER, value, from, size);
        routing = true;
      }
      default -> unknown(value, from, size);
    }
    return this;
  }

  private void unknown(byte[] value, int from, int size) {
    if (!number(value, from, size) && !email(value, from, size)) {
      other(value, from, size);
    }
  }

  private boolean number(byte[] value, int from, int size) {
    int plus = size > 0 && value[from] == '+' ? 1 : 0;
    if (!TextRule.isE164Digits(value, from + plus, size - plus)) {
      return false;
    }
    set(IdentityClass.TEL, value, from + plus, size - plus);
    return true;
  }

  private boolean email(byte[] value, int from, int size) {
    int at = lastIndexOf(value, from, size, (byte) '@');
    if (at <= from || at == from + size - 1 || size > LONGEST) {
      return false;
    }
    boolean ascii = true;
    for (int i = from; i < from + size; i++) {
      if (value[i] == ' ' || value[i] >= 0 && value[i] < ' ' || value[i] == 0x7F) {
        return false;
      }
      ascii &= value[i] >= 0;
    }
    if (!ascii) {
      return internationalEmail(new String(value, from, size, StandardCharsets.UTF_8));
    }
    set(IdentityClass.MAIL, value, from, size);
    lowerCase();
    return true;
  }

  private boolean internationalEmail(String address) {
    int at = address.lastIndexOf('@');
    try {
      String domain = IDN.toASCII(address.substring(at + 1), IDN.ALLOW_UNASSIGNED);
      byte[] canonical =
          (address.substring(0, at) + "@" + domain)
              .toLowerCase(Locale.ROOT)
              .getBytes(StandardCharsets.UTF_8);
      if (domain.isEmpty() || canonical.length > LONGEST) {
        return false;
      }
      set(IdentityClass.MAIL, canonical, 0, canonical.length);
      return true;
    } catch (IllegalArgumentException notADomain) {
      return false;
    }
  }

  /** RFC 3261 section 19.1: scheme, user, host; a user part that is a number is the number. */
  private void sip(byte[] value, int from, int size) {
    int colon = indexOf(value, from, size, (byte) ':');
    String scheme =
        colon < 0
            ? ""
            : new String(value, from, colon - from, StandardCharsets.US_ASCII)
                .toLowerCase(Locale.ROOT);
    if (!scheme.equals("sip") && !scheme.equals("sips") || colon == from + size - 1) {
      throw bad(RejectionCode.BAD_SIP_URI, "a sip: or sips: URI");
    }
    int user = colon + 1;
    int userEnd = indexOf(value, user, from + size - user, (byte) '@');
    if (userEnd < 0) {
      userEnd = from + size;
    }
    int parameters = indexOf(value, user, userEnd - user, (byte) ';');
    int numberEnd = parameters < 0 ? userEnd : parameters;
    byte[] digits = new byte[numberEnd - user];
    int count = 0;
    for (int i = user; i < numberEnd; i++) {
      if ("-.()".indexOf(value[i]) < 0) {
        digits[count++] = value[i];
      }
    }
    if (!number(digits, 0, count)) {
      other(value, from, size);
      lowerCase();
    }
  }

  /** A chat id that is a number, alone or before "@", is the number. */
  private void chat(byte[] value, int from, int size) {
    int at = indexOf(value, from, size, (byte) '@');
    if (number(value, from, at < 0 ? size : at - from) || email(value, from, size)) {
      return;
    }
    other(value, from, size);
  }

  private void senderId(byte[] value, int from, int size) {
    int letters = 0;
    int digits = 0;
    for (int i = from; i < from + size; i++) {
      byte next = value[i];
      if (next >= 'a' && next <= 'z' || next >= 'A' && next <= 'Z') {
        letters++;
      } else if (TextRule.isDigit(next)) {
        digits++;
      } else if (SENDER_PUNCTUATION.indexOf(next) < 0) {
        letters = Integer.MIN_VALUE;
      }
    }
    if (letters < 1 || size > MAX_SENDER_ID) {
      throw bad(
          RejectionCode.BAD_SENDER_ID,
          "an alphanumeric sender id of 1 to " + MAX_SENDER_ID + " characters with a letter");
    }
    set(IdentityClass.OTHER, value, from, size);
    // A letter before a number does not make it a business: such a value is sealed.
    routing = digits <= MAX_SENDER_DIGITS;
  }

  private void other(byte[] value, int from, int size) {
    if (size == 0) {
      throw bad(RejectionCode.BAD_TEXT, "there: its value is empty");
    }
    TextRule.checkPlain("identifier", value, from, size);
    set(IdentityClass.OTHER, value, from, size);
  }

  private void set(IdentityClass newClass, byte[] value, int from, int size) {
    if (size > LONGEST) {
      throw new BadRecord(
          RejectionCode.TEXT_TOO_LONG, "identifier has more than " + LONGEST + " bytes");
    }
    identityClass = newClass;
    length = size;
    System.arraycopy(value, from, bytes, 0, size);
  }

  private void lowerCase() {
    for (int i = 0; i < length; i++) {
      if (bytes[i] >= 'A' && bytes[i] <= 'Z') {
        bytes[i] = (byte) (bytes[i] + 'a' - 'A');
      }
    }
  }

  private static int indexOf(byte[] value, int from, int size, byte wanted) {
    for (int i = from; i < from + size; i++) {
      if (value[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static int lastIndexOf(byte[] value, int from, int size, byte wanted) {
    for (int i = from + size - 1; i >= from; i--) {
      if (value[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static BadRecord bad(RejectionCode code, String expectation) {
    return new BadRecord(code, "identifier is not " + expectation);
  }

  /** A copy of the canonical bytes. */
  public byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }
}
