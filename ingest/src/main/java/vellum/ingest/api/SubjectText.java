package vellum.ingest.api;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vellum.core.record.BadRecord;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.IdentityClass;
import vellum.v1.IdentifierKind;

/**
 * What people write when they ask for a person: a number in any spelling, an e-mail address, {@code
 * imsi:262010123456789}, {@code sip:…}; anything else is taken as it is. A text that can name
 * nobody (a masked one, a number that is too short) is refused: to find nothing would read as if
 * there were nothing. {@code id:} before a text takes it as it is whatever it looks like, such as a
 * chat platform's id of 17 digits. Stateless.
 */
final class SubjectText {

  private static final int LONGEST = 254;
  private static final String IMSI = "imsi:";
  private static final String ID = "id:";
  private static final int SHORTEST_NUMBER = 7;
  private static final int LONGEST_NUMBER = 15;
  private static final Pattern NUMBER =
      Pattern.compile("(?:tel:)?[\\s\\p{Zs}]*\\+?[\\s\\p{Zs}0-9()./\\-\\u2010-\\u2015]+");
  private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();

  private SubjectText() {}

  /**
   * @param region ISO 3166 code of the country whose national numbers are meant, or null
   */
  static CanonicalIdentity parse(String text, @Nullable String region) {
    String given = text.strip();
    String lower = given.toLowerCase(Locale.ROOT);
    if (given.isEmpty() || given.length() > LONGEST) {
      throw bad("must have 1 to " + LONGEST + " characters");
    }
    if (region != null && !PHONES.getSupportedRegions().contains(region)) {
      throw Problem.bad("BAD_REGION", "region must be an ISO 3166 code such as DE");
    }
    if (lower.startsWith(ID)) {
      return read(IdentifierKind.IDENTIFIER_KIND_UNSPECIFIED, given.substring(ID.length()));
    } else if (given.indexOf('*') >= 0) {
      throw bad("is masked: write it out, without *");
    } else if (lower.startsWith(IMSI)) {
      return read(IdentifierKind.IMSI, given.substring(IMSI.length()));
    } else if (lower.startsWith("sip:") || lower.startsWith("sips:")) {
      return read(IdentifierKind.SIP_URI, given);
    } else if (given.indexOf('@') >= 0) {
      return read(IdentifierKind.EMAIL_ADDRESS, given);
    } else if (NUMBER.matcher(given).matches()) {
      return number(given, region);
    } else if (given.startsWith("+")) {
      throw bad("is no phone number of any country");
    }
    return read(IdentifierKind.IDENTIFIER_KIND_UNSPECIFIED, given);
  }

  /**
   * The same for a case, where a slip must not pass for somebody of whom nothing is kept: what is
   * neither number nor address has a prefix that says what it is.
   */
  static CanonicalIdentity ofCase(String text, @Nullable String region) {
    CanonicalIdentity found = parse(text, region);
    String given = text.strip().toLowerCase(Locale.ROOT);
    if (found.identityClass() == IdentityClass.OTHER
        && !given.startsWith(ID)
        && !given.startsWith("sip")) {
      throw bad("is neither a number nor an address; another id is written id:ID");
    }
    return found;
  }

  private static CanonicalIdentity number(String text, @Nullable String region) {
    String digits = PhoneNumberUtil.normalizeDigitsOnly(text);
    boolean international = text.indexOf('+') >= 0;
    if (!international && region == null) {
      if (digits.startsWith("00")) {
        return number("+" + digits.substring(2), null);
      } else if (digits.startsWith("0")) {
        throw bad("is a national number: give its region, or write it with + and country code");
      } else if (digits.length() < SHORTEST_NUMBER || digits.length() > LONGEST_NUMBER) {
        throw bad(
            "is no number of 7 to 15 digits; an IMSI is written imsi:DIGITS, another id id:DIGITS");
      }
      return read(IdentifierKind.E164, digits);
    }
    try {
      PhoneNumber number = PHONES.parse(text, region);
      // Lengths only: numbers are given out faster than tables of them are.
      if (PHONES.isPossibleNumber(number)) {
        return read(
            IdentifierKind.E164, PHONES.format(number, PhoneNumberUtil.PhoneNumberFormat.E164));
      }
    } catch (NumberParseException e) {
      // Said below, with those of a wrong length.
    }
    throw bad("is no phone number of " + (region == null ? "any country" : "the region"));
  }

  private static CanonicalIdentity read(IdentifierKind kind, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      return new CanonicalIdentity().read(kind.getNumber(), bytes, 0, bytes.length);
    } catch (BadRecord e) {
      throw bad("was refused: " + e.reason());
    }
  }

  private static Problem bad(String what) {
    return Problem.bad("BAD_SUBJECT", "subject " + what);
  }
}
