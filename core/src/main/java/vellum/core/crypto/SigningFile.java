package vellum.core.crypto;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * The file of a key that signs: its secret, 32 bytes, wrapped, and what is public of it, by which
 * an unwrapping proves itself.
 *
 * <pre>
 *   vellum signing-key 1       or package-key, or note-key
 *   key: 16 hex digits         random id
 *   kek: 16 hex digits         id of the key-encryption key
 *   wrapped: 80 hex digits     secret, wrapped (RFC 3394)
 *   certificate: base64        X.509, DER; of a note-key: public: base64, 32 bytes (RFC 8032)
 *   crc32c: 8 hex digits
 * </pre>
 */
record SigningFile(Kind kind, String key, String kek, byte[] wrapped, byte[] published) {

  /** What a key signs. */
  enum Kind {
    /** Erasure certificates, with a private scalar of P-256. */
    CERTIFICATES(
        "certificates.signing", "signing-key", "certificate", "Vellum erasure certificates"),
    /** Packages of disclosed records, with a private scalar of P-256. */
    DISCLOSURE("disclosure.signing", "package-key", "certificate", "Vellum disclosures"),
    /** Checkpoints of the audit trail, with a seed of Ed25519. */
    AUDIT("audit.signing", "note-key", "public", "");

    private final String file;
    private final String head;
    private final String published;
    private final String title;

    Kind(String file, String head, String published, String title) {
      this.file = file;
      this.head = head;
      this.published = published;
      this.title = title;
    }

    /** Common name in the certificate, where there is one. */
    String title() {
      return title;
    }

    /** Name of the file in the directory of the keys. */
    String file() {
      return file;
    }

    private List<String> labels() {
      return List.of("key", "kek", "wrapped", published);
    }
  }

  private static final HexFormat HEX = HexFormat.of();

  byte[] text() {
    return KeyText.write(
        kind.head,
        kind.labels(),
        List.of(key, kek, HEX.formatHex(wrapped), Base64.getEncoder().encodeToString(published)));
  }

  static SigningFile read(Kind kind, Path file) throws IOException {
    List<String> values = KeyText.read(file, kind.head, kind.labels());
    try {
      return new SigningFile(
          kind,
          values.get(0),
          values.get(1),
          HEX.parseHex(values.get(2)),
          Base64.getDecoder().decode(values.get(3)));
    } catch (IllegalArgumentException e) {
      throw KeyText.garbled(file, "a value has not the form of its label");
    }
  }
}
