package vellum.core.casefile;

import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Name of a case, {@code H-4F7K2Q9M}: the letter of its kind, and a random code. Random, so that no
 * gap between numbers betrays a case that is secret. It may stand in the audit trail.
 *
 * @param code 8 characters of Crockford's base 32: digits and capital letters without I, L, O, U
 */
public record CaseId(CaseKind kind, String code) implements Comparable<CaseId> {

  static final int CODE_CHARS = 8;

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final Pattern CODE = Pattern.compile("[" + ALPHABET + "]{" + CODE_CHARS + "}");

  public CaseId {
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException("a case's code has 8 characters of base 32");
    }
  }

  /** As people and interfaces write it: {@code H-4F7K2Q9M}. */
  public String text() {
    return kind.letter() + "-" + code;
  }

  /**
   * Reads an id, in capital or small letters.
   *
   * @throws CaseException.BadId when it is none
   */
  public static CaseId parse(String text) {
    String id = text.strip().toUpperCase(Locale.ROOT);
    CaseKind kind = id.length() == CODE_CHARS + 2 ? CaseKind.of(id.charAt(0)) : null;
    if (kind == null || id.charAt(1) != '-' || !CODE.matcher(id.substring(2)).matches()) {
      throw new CaseException.BadId();
    }
    return new CaseId(kind, id.substring(2));
  }

  /** A code as nobody can guess it, 40 bits. */
  public static String newCode(RandomGenerator random) {
    StringBuilder code = new StringBuilder(CODE_CHARS);
    for (int i = 0; i < CODE_CHARS; i++) {
      code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return code.toString();
  }

  /** By code, whatever the kind. */
  @Override
  public int compareTo(CaseId other) {
    int byCode = code.compareTo(other.code);
    return byCode != 0 ? byCode : kind.compareTo(other.kind);
  }

  @Override
  public String toString() {
    return text();
  }
}
