package vellum.core.casefile;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vellum.core.record.BadRecord;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.IpAddress;
import vellum.core.record.RecordId;
import vellum.v1.IdentifierKind;

/**
 * Somebody or something that a case is about, in the one spelling under which it is looked up.
 *
 * @param value canonical: a number with "+", an e-mail address in lower case, digits of an IMSI
 */
public record CaseSubject(Kind kind, String value) {

  /** What a subject is. Stored by {@link #text}; none is renamed. */
  public enum Kind {
    NUMBER(IdentifierKind.E164, "BAD_NUMBER", "a number of 7 to 15 digits"),
    ADDRESS(IdentifierKind.EMAIL_ADDRESS, "BAD_ADDRESS", "an e-mail address"),
    IMSI(IdentifierKind.IMSI, "BAD_IMSI", "an IMSI of 6 to 15 digits"),
    /** Another identifier of a person: a chat platform's id, a SIP URI. */
    OTHER(IdentifierKind.IDENTIFIER_KIND_UNSPECIFIED, "BAD_IDENTIFIER", "an id of 1 to 254 bytes"),
    /** A business that sends, by its alphanumeric id or short code. No identity. */
    SENDER_ID(IdentifierKind.ALPHANUMERIC, "BAD_SENDER_ID", "a sender id of 3 to 11 characters"),
    /** From where the platform was used; found in the usage log. */
    PLATFORM_IP(null, "BAD_IP", "an IP address"),
    RECORD_ID(null, "BAD_RECORD_ID", "a record's id");

    private final @Nullable IdentifierKind identifier;
    private final String code;
    private final String expectation;

    Kind(@Nullable IdentifierKind identifier, String code, String expectation) {
      this.identifier = identifier;
      this.code = code;
      this.expectation = expectation;
    }

    /** In lower case, as documents and interfaces say it: {@code sender_id}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a text, if there is one. */
    static Optional<Kind> of(String text) {
      for (Kind kind : values()) {
        if (kind.text().equals(text)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }

    CaseException.BadSubject bad() {
      return new CaseException.BadSubject(code, "a subject is not " + expectation);
    }
  }

  public CaseSubject {
    if (value.isEmpty()) {
      throw kind.bad();
    }
  }

  /**
   * A subject in any spelling that its kind has. An identifier of kind OTHER that is a number or an
   * address becomes one.
   *
   * @throws CaseException.BadSubject when it is not what its kind says; the value is not repeated
   */
  public static CaseSubject of(Kind kind, String raw) {
    String text = raw.strip();
    return switch (kind) {
      case NUMBER, ADDRESS, IMSI, OTHER -> of(read(kind, identifier(kind, text), text));
      case SENDER_ID -> senderId(text);
      case PLATFORM_IP -> platformIp(text);
      case RECORD_ID -> recordId(text);
    };
  }

  /** The subject of an identity that was read before. */
  public static CaseSubject of(CanonicalIdentity identity) {
    Kind kind =
        switch (identity.identityClass()) {
          case TEL -> Kind.NUMBER;
          case MAIL -> Kind.ADDRESS;
          case IMSI -> Kind.IMSI;
          case OTHER, TEXT, CONTENT -> Kind.OTHER;
        };
    return new CaseSubject(kind, identity.text());
  }

  /** Of whom it is an identity, if it is one of a person; a new object each time. */
  public Optional<CanonicalIdentity> identity() {
    return switch (kind) {
      case NUMBER, ADDRESS, IMSI, OTHER -> Optional.of(read(kind, identifier(kind, value), value));
      case SENDER_ID, PLATFORM_IP, RECORD_ID -> Optional.empty();
    };
  }

  private static IdentifierKind identifier(Kind kind, String text) {
    if (kind.identifier == null) {
      throw kind.bad();
    }
    String lower = text.toLowerCase(Locale.ROOT);
    boolean isSip = lower.startsWith("sip:") || lower.startsWith("sips:");
    return kind == Kind.OTHER && isSip ? IdentifierKind.SIP_URI : kind.identifier;
  }

  private static CaseSubject senderId(String text) {
    boolean isShort = text.chars().allMatch(next -> next >= '0' && next <= '9');
    IdentifierKind as = isShort ? IdentifierKind.SHORT_CODE : IdentifierKind.ALPHANUMERIC;
    return new CaseSubject(Kind.SENDER_ID, read(Kind.SENDER_ID, as, text).text());
  }

  private static CaseSubject platformIp(String text) {
    String address = IpAddress.canonical(text);
    if (address == null) {
      throw Kind.PLATFORM_IP.bad();
    }
    return new CaseSubject(Kind.PLATFORM_IP, address);
  }

  private static CaseSubject recordId(String text) {
    try {
      UUID id = UUID.fromString(text);
      boolean isWhole = id.toString().equals(text.toLowerCase(Locale.ROOT));
      if (isWhole && RecordId.isValid(id.getMostSignificantBits(), id.getLeastSignificantBits())) {
        return new CaseSubject(Kind.RECORD_ID, id.toString());
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw Kind.RECORD_ID.bad();
  }

  private static CanonicalIdentity read(Kind kind, IdentifierKind as, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      return new CanonicalIdentity().read(as.getNumber(), bytes, 0, bytes.length);
    } catch (BadRecord e) {
      throw kind.bad();
    }
  }

  /** Says what kind it is, and never who. */
  @Override
  public String toString() {
    return kind.text();
  }
}
