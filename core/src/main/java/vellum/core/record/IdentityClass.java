package vellum.core.record;

/**
 * What kind of thing a sealed value is. Part of the associated data of every seal and of every
 * pseudonym, so that a number sealed as a number cannot be read as anything else. Ids are on disk:
 * never reused.
 */
public enum IdentityClass {
  /** An E.164 number; canonical form {@code +} and 7 to 15 digits. */
  TEL(1),
  /** An e-mail address; canonical form lower case, domain in its ASCII (IDNA) form. */
  MAIL(2),
  /** An IMSI (ITU-T E.212); canonical form its digits. */
  IMSI(3),
  /** Any other identifier, as it came, trimmed. */
  OTHER(4),
  /** Free text of the client's own choosing. Not indexed. */
  TEXT(5),
  /** A reference to content. Not indexed. */
  CONTENT(6);

  private final byte id;

  IdentityClass(int id) {
    this.id = (byte) id;
  }

  public byte id() {
    return id;
  }

  /** The class of an id read from disk. */
  public static IdentityClass of(int id) {
    return switch (id) {
      case 1 -> TEL;
      case 2 -> MAIL;
      case 3 -> IMSI;
      case 4 -> OTHER;
      case 5 -> TEXT;
      case 6 -> CONTENT;
      default -> throw new IllegalArgumentException("no identity class has the id " + id);
    };
  }
}
