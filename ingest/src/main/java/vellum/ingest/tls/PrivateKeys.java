package vellum.ingest.tls;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import vellum.core.record.Pem;

/**
 * Private keys out of PEM blocks: PKCS #8, and the two older forms that tools still write, which
 * are what PKCS #8 has inside. Stateless.
 *
 * <pre>
 *   PRIVATE KEY       SEQUENCE { INTEGER 0, algorithm, OCTET STRING key }        RFC 5208
 *   RSA PRIVATE KEY   the key of rsaEncryption                                    RFC 8017
 *   EC PRIVATE KEY    the key of ecPublicKey; its curve is in [0] of the key      RFC 5915
 * </pre>
 */
final class PrivateKeys {

  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] VERSION = HEX.parseHex("020100");
  private static final byte[] RSA = HEX.parseHex("300d06092a864886f70d0101010500");
  private static final byte[] EC = HEX.parseHex("06072a8648ce3d0201");

  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;
  private static final int OCTETS = 0x04;
  private static final int CURVE = 0xa0;
  private static final int LONG_FORM = 0x80;

  private PrivateKeys() {}

  /** The key, or empty when it is damaged or of another kind. */
  static Optional<PrivateKey> read(Pem.Block block) {
    return switch (block.label()) {
      case "PRIVATE KEY" -> decode(block.der());
      case "RSA PRIVATE KEY" -> decode(wrap(RSA, block.der()));
      case "EC PRIVATE KEY" ->
          curve(block.der()).flatMap(name -> decode(wrap(der(SEQUENCE, EC, name), block.der())));
      default -> Optional.empty();
    };
  }

  private static Optional<PrivateKey> decode(byte[] pkcs8) {
    for (String algorithm : List.of("EC", "RSA")) {
      try {
        return Optional.of(
            KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
      } catch (InvalidKeySpecException e) {
        // Another kind of key; the next one may be it.
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java has " + algorithm, e);
      }
    }
    return Optional.empty();
  }

  private static byte[] wrap(byte[] algorithm, byte[] key) {
    return der(SEQUENCE, VERSION, algorithm, der(OCTETS, key));
  }

  /** The name of the curve, behind version and scalar. */
  private static Optional<byte[]> curve(byte[] sec1) {
    Der outer = new Der(sec1, 0, sec1.length);
    byte[] inside = outer.next(SEQUENCE);
    Der fields = new Der(inside, 0, inside.length);
    boolean begins = fields.next(INTEGER).length > 0 && fields.next(OCTETS).length > 0;
    byte[] name = begins ? fields.next(CURVE) : new byte[0];
    return name.length == 0 ? Optional.empty() : Optional.of(name);
  }

  private static byte[] der(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 5);
    out.write(tag);
    if (length < LONG_FORM) {
      out.write(length);
    } else {
      int more = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / Byte.SIZE;
      out.write(LONG_FORM | more);
      for (int shift = (more - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
        out.write(length >> shift);
      }
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** A place among DER elements. */
  private static final class Der {
    private final byte[] bytes;
    private final int end;
    private int at;

    Der(byte[] bytes, int from, int end) {
      this.bytes = bytes;
      this.at = from;
      this.end = end;
    }

    /** The content of the next element, when it has this tag and is whole; else empty. */
    byte[] next(int tag) {
      if (at + 2 > end || (bytes[at] & 0xff) != tag) {
        return new byte[0];
      }
      int length = bytes[at + 1] & 0xff;
      int start = at + 2;
      if (length >= LONG_FORM) {
        int more = length - LONG_FORM;
        if (more < 1 || more > 3 || start + more > end) {
          return new byte[0];
        }
        length = 0;
        for (int i = 0; i < more; i++) {
          length = (length << 8) | (bytes[start + i] & 0xff);
        }
        start += more;
      }
      if (start + length > end) {
        return new byte[0];
      }
      at = start + length;
      return Arrays.copyOfRange(bytes, start, at);
    }
  }
}
