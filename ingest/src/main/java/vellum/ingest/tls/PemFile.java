package vellum.ingest.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import vellum.core.record.Pem;

/** A PEM file (RFC 7468) as it was at one moment. Immutable. */
final class PemFile {

  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_CERTIFICATES = 1_000;

  private final Path path;
  private final byte[] bytes;

  private PemFile(Path path, byte[] bytes) {
    this.path = path;
    this.bytes = bytes;
  }

  /** Reads a file of at most 1 MiB, following links. */
  static PemFile read(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new TlsException.BadPem(path, "has more than " + MAX_BYTES + " bytes");
      }
      return new PemFile(path, bytes);
    } catch (NoSuchFileException e) {
      throw new TlsException.Unreadable(path, "there is no such file", e);
    } catch (AccessDeniedException e) {
      throw new TlsException.Unreadable(path, "no permission", e);
    } catch (IOException e) {
      throw new TlsException.Unreadable(path, e.getClass().getSimpleName(), e);
    }
  }

  Path path() {
    return path;
  }

  boolean hasSameContent(PemFile other) {
    return Arrays.equals(bytes, other.bytes);
  }

  /** Its certificates in their order; at least one. */
  List<X509Certificate> certificates() {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Pem.Block block : Pem.blocks(bytes)) {
      if (block.label().equals("CERTIFICATE")) {
        certificates.add(certificate(block, certificates.size() + 1));
      }
    }
    if (certificates.isEmpty()) {
      throw new TlsException.BadPem(
          path, "holds no certificate: it must have a line -----BEGIN CERTIFICATE-----");
    }
    if (certificates.size() > MAX_CERTIFICATES) {
      throw new TlsException.BadPem(path, "holds more than " + MAX_CERTIFICATES + " certificates");
    }
    return List.copyOf(certificates);
  }

  private X509Certificate certificate(Pem.Block block, int place) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.der()));
    } catch (CertificateException e) {
      throw new TlsException.BadPem(path, "is damaged in its certificate " + place);
    }
  }

  /** Its private key: the first one. */
  PrivateKey key() {
    for (Pem.Block block : Pem.blocks(bytes)) {
      if (block.label().equals("ENCRYPTED PRIVATE KEY")) {
        throw new TlsException.BadPem(
            path,
            "holds an encrypted key: give one without passphrase, in a file for the server's user"
                + " alone");
      }
      if (block.label().endsWith("PRIVATE KEY")) {
        return PrivateKeys.read(block)
            .orElseThrow(
                () -> new TlsException.BadPem(path, "holds a damaged key, or one not RSA or EC"));
      }
    }
    throw new TlsException.BadPem(
        path, "holds no key: it must have a line -----BEGIN PRIVATE KEY-----");
  }
}
