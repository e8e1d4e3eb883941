package vellum.core.crypto;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * The file of the signing key, {@code certificates.signing}: the private scalar of P-256, 32 bytes,
 * wrapped, and the certificate that names its public point, by which an unwrapping proves itself.
 *
 * <pre>
 *   vellum signing-key 1
 *   key: 16 hex digits         random id
 *   kek: 16 hex digits         id of the key-encryption key
 *   wrapped: 80 hex digits     scalar, wrapped (RFC 3394)
 *   certificate: base64        X.509, DER
 *   crc32c: 8 hex digits
 * </pre>
 */
record SigningFile(String key, String kek, byte[] wrapped, byte[] certificate) {

  static final String NAME = "certificates.signing";

  private static final String KIND = "signing-key";
  private static final List<String> LABELS = List.of("key", "kek", "wrapped", "certificate");
  private static final HexFormat HEX = HexFormat.of();

  byte[] text() {
    return KeyText.write(
        KIND,
        LABELS,
        List.of(key, kek, HEX.formatHex(wrapped), Base64.getEncoder().encodeToString(certificate)));
  }

  static SigningFile read(Path file) throws IOException {
    List<String> values = KeyText.read(file, KIND, LABELS);
    try {
      return new SigningFile(
          values.get(0),
          values.get(1),
          HEX.parseHex(values.get(2)),
          Base64.getDecoder().decode(values.get(3)));
    } catch (IllegalArgumentException e) {
      throw KeyText.garbled(file, "a value has not the form of its label");
    }
  }

  SigningFile rewrapped(String nextKek, byte[] nextWrapped) {
    return new SigningFile(key, nextKek, nextWrapped, certificate);
  }
}
