package vellum.ingest.importer;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Locale;
import java.util.Map;
import vellum.v1.Identifier;
import vellum.v1.IdentifierKind;
import vellum.v1.Party;

/**
 * The address of a party as providers spell it, told apart by its form. Numbers come out as E.164:
 * {@code 4917612345678}, {@code 0049 176 12345678} and {@code whatsapp:+49 (0)176 12345678} are
 * one. What fits no form keeps the kind "unspecified", which is an identity. Thread-safe.
 */
final class Addresses {

  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
  private static final int MAX_CHARS = 254;
  private static final int MAX_SHORT_CODE_DIGITS = 6;
  private static final int MIN_SHORT_CODE_DIGITS = 3;
  private static final int MIN_NUMBER_DIGITS = 7;
  private static final int MAX_NUMBER_DIGITS = 15;
  private static final int MAX_SENDER_CHARS = 11;

  /** Schemes before a number. */
  private static final String[] NUMBER_SCHEMES = {"tel:", "whatsapp:", "rcs:"};

  /** Schemes before a platform's own id of a person. */
  private static final String[] USER_SCHEMES = {"messenger:", "client:", "viber:", "telegram:"};

  private static final Map<PhoneNumberUtil.PhoneNumberType, String> RANGES =
      Map.of(
          PhoneNumberUtil.PhoneNumberType.MOBILE, "mobile",
          PhoneNumberUtil.PhoneNumberType.FIXED_LINE, "fixed",
          PhoneNumberUtil.PhoneNumberType.FIXED_LINE_OR_MOBILE, "fixed-or-mobile",
          PhoneNumberUtil.PhoneNumberType.TOLL_FREE, "toll-free",
          PhoneNumberUtil.PhoneNumberType.PREMIUM_RATE, "premium",
          PhoneNumberUtil.PhoneNumberType.SHARED_COST, "shared-cost",
          PhoneNumberUtil.PhoneNumberType.VOIP, "voip");

  private Addresses() {}

  /**
   * An address and what its number tells.
   *
   * @param country ISO 3166-1 code of the number's country, or empty
   * @param range name of the number range's class, or empty
   */
  record Address(Identifier identifier, String country, String range) {
    Party party() {
      return Party.newBuilder().addIdentifiers(identifier).build();
    }

    String value() {
      return identifier.getValue();
    }

    @Override
    public String toString() {
      return "Address[" + identifier.getKind() + "]";
    }
  }

  /** Reads an address that is not empty. */
  static Address of(String text, String field) {
    return of(text, field, "not an e-mail address");
  }

  /**
   * Reads an address that is not empty.
   *
   * @param misfit what to say of a text that has an {@code @} and is no address of any kind
   */
  static Address of(String text, String field, String misfit) {
    String address = text.trim();
    if (address.length() > MAX_CHARS) {
      throw bad(field, "longer than " + MAX_CHARS + " characters");
    }
    String lower = address.toLowerCase(Locale.ROOT);
    if (lower.startsWith("sip:") || lower.startsWith("sips:")) {
      return plain(IdentifierKind.SIP_URI, address);
    }
    for (String scheme : USER_SCHEMES) {
      if (lower.startsWith(scheme)) {
        return plain(
            IdentifierKind.CHANNEL_USER_ID, notEmpty(address.substring(scheme.length()), field));
      }
    }
    for (String scheme : NUMBER_SCHEMES) {
      if (lower.startsWith(scheme)) {
        address = notEmpty(address.substring(scheme.length()).trim(), field);
      }
    }
    if (address.indexOf('@') >= 0) {
      return mail(address, field, misfit);
    }
    return isNumber(address) ? number(address, field) : name(address);
  }

  private static Address mail(String text, String field, String misfit) {
    int open = text.lastIndexOf('<');
    boolean named = open >= 0 && text.endsWith(">");
    String address = named ? text.substring(open + 1, text.length() - 1).trim() : text;
    int at = address.lastIndexOf('@');
    if (at < 1 || at == address.length() - 1 || address.indexOf(' ') >= 0) {
      throw bad(field, misfit);
    }
    return plain(IdentifierKind.EMAIL_ADDRESS, address.toLowerCase(Locale.ROOT));
  }

  /** Whether the text has only digits and what people put between them. */
  private static boolean isNumber(String text) {
    boolean digit = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digit = true;
      } else if (" -.()/+\u00A0".indexOf(c) < 0 || c == '+' && i > 0) {
        return false;
      }
    }
    return digit;
  }

  private static Address number(String text, String field) {
    String digits = digits(text);
    boolean international = text.startsWith("+");
    if (!international && digits.length() <= MAX_SHORT_CODE_DIGITS) {
      if (digits.length() < MIN_SHORT_CODE_DIGITS) {
        throw bad(field, "fewer than " + MIN_SHORT_CODE_DIGITS + " digits");
      }
      return plain(IdentifierKind.SHORT_CODE, digits);
    }
    if (!international && digits.startsWith("00")) {
      digits = digits.substring(2);
    }
    if (digits.startsWith("0")
        || digits.length() < MIN_NUMBER_DIGITS
        || digits.length() > MAX_NUMBER_DIGITS + 1) {
      throw bad(field, "not an international number of 7 to 15 digits");
    }
    try {
      return known(NUMBERS.parse("+" + digits, null), field);
    } catch (NumberParseException e) {
      return e164("+" + digits, "", "", field);
    }
  }

  private static Address known(PhoneNumber number, String field) {
    String region = NUMBERS.getRegionCodeForNumber(number);
    String country = region != null && region.length() == 2 && !region.equals("ZZ") ? region : "";
    String range = RANGES.getOrDefault(NUMBERS.getNumberType(number), "");
    return e164(NUMBERS.format(number, PhoneNumberFormat.E164), country, range, field);
  }

  private static Address e164(String value, String country, String range, String field) {
    if (value.length() - 1 > MAX_NUMBER_DIGITS || value.length() - 1 < MIN_NUMBER_DIGITS) {
      throw bad(field, "not an international number of 7 to 15 digits");
    }
    return new Address(identifier(IdentifierKind.E164, value), country, range);
  }

  private static Address name(String text) {
    boolean letter = text.chars().anyMatch(c -> c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z');
    boolean ascii = text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
    return letter && ascii && text.length() <= MAX_SENDER_CHARS
        ? plain(IdentifierKind.ALPHANUMERIC, text)
        : plain(IdentifierKind.IDENTIFIER_KIND_UNSPECIFIED, text);
  }

  private static String digits(String text) {
    StringBuilder digits = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits.append(c);
      }
    }
    return digits.toString();
  }

  private static String notEmpty(String text, String field) {
    if (text.isEmpty()) {
      throw bad(field, "nothing after the scheme");
    }
    return text;
  }

  private static Address plain(IdentifierKind kind, String value) {
    return new Address(identifier(kind, value), "", "");
  }

  private static Identifier identifier(IdentifierKind kind, String value) {
    return Identifier.newBuilder().setKind(kind).setValue(value).build();
  }

  private static BadRow bad(String field, String reason) {
    return new BadRow(BadRowCode.BAD_ADDRESS, field, reason);
  }
}
