package vellum.core.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import vellum.core.disk.Disk;
import vellum.core.record.Pem;

/**
 * The key that signs erasure certificates: ECDSA over P-256 with SHA-256, made durably on the first
 * start, with a certificate of its own that names the installation. Thread-safe. The private key
 * lies in the directory of the months' keys, wrapped as they are.
 */
public final class SigningKey extends KeptSigner {

  private final Path file;
  private final SecureRandom random;
  private final InstantSource clock;

  private final ECPrivateKeyParameters key;
  private final X509CertificateHolder certificate;

  private SigningKey(
      Path file,
      SigningFile stored,
      List<KeyEncryption> encryptions,
      Disk disk,
      SecureRandom random,
      InstantSource clock)
      throws IOException {
    super(file, disk, stored.key());
    this.file = file;
    this.random = random;
    this.clock = clock;
    this.certificate = certificate(stored);
    byte[] scalar = unwrap(stored, new Encryptions(encryptions));
    this.key = P256.key(scalar);
    Arrays.fill(scalar, (byte) 0);
    if (!Arrays.equals(
        SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(P256.publicOf(key)).getEncoded(),
        certificate.getSubjectPublicKeyInfo().getEncoded())) {
      throw KeyText.garbled(file, "its certificate is of another key");
    }
  }

  /**
   * Opens the signing key, made when there is none.
   *
   * @param directory of the months' keys; {@link KeyRing#open} made it
   * @param encryptions as given to {@link KeyRing#open}
   * @param incarnation id of the installation, which goes into the subject of a new certificate
   * @param clock of the instants of signing
   */
  public static SigningKey open(
      Path directory,
      List<KeyEncryption> encryptions,
      String incarnation,
      Disk disk,
      SecureRandom random,
      InstantSource clock) {
    String name = SigningFile.Kind.CERTIFICATES.file();
    Path file = directory.resolve(name);
    try {
      new KeyShredder(disk).shred(directory.resolve(name + ".tmp"));
      if (Files.notExists(file)) {
        make(file, encryptions.get(0), incarnation, disk, random, clock);
      }
      SigningFile stored = SigningFile.read(SigningFile.Kind.CERTIFICATES, file);
      return new SigningKey(file, stored, encryptions, disk, random, clock);
    } catch (IOException e) {
      throw new CryptoException.KeyStorageFailed(file + " could not be read or made", e);
    }
  }

  /** The certificate, for those who verify what this key signed. */
  public String certificatePem() {
    return Pem.write(Pem.CERTIFICATE, encoded(certificate));
  }

  /** SHA-256 of the certificate, in hex: what to compare by telephone. */
  public String fingerprint() {
    return CmsCheck.fingerprint(encoded(certificate));
  }

  /**
   * Signs a content: CMS SignedData (RFC 5652) in DER, which holds the content, the instant of
   * signing and the certificate. {@code openssl cms -verify -inform DER -CAfile CERT} reads it.
   */
  public byte[] sign(byte[] content) {
    return CmsSigner.sign(content, clock.instant(), key, certificate, random);
  }

  @Override
  SigningFile.Kind kind() {
    return SigningFile.Kind.CERTIFICATES;
  }

  @Override
  byte[] secret() {
    return P256.scalar(key);
  }

  @Override
  byte[] published() {
    return encoded(certificate);
  }

  private static void make(
      Path file,
      KeyEncryption encryption,
      String incarnation,
      Disk disk,
      SecureRandom random,
      InstantSource clock)
      throws IOException {
    ECPrivateKeyParameters key = P256.generate(random);
    X509CertificateHolder certificate =
        SigningCertificate.make(key, incarnation, clock.instant(), random);
    byte[] scalar = P256.scalar(key);
    SigningFile made =
        new SigningFile(
            SigningFile.Kind.CERTIFICATES,
            newId(random),
            encryption.id(),
            encryption.wrap(scalar),
            certificate.getEncoded());
    Arrays.fill(scalar, (byte) 0);
    disk.replace(file, made.text());
  }

  private X509CertificateHolder certificate(SigningFile stored) {
    try {
      return new X509CertificateHolder(stored.published());
    } catch (IOException e) {
      throw KeyText.garbled(file, "its certificate cannot be read");
    }
  }

  private byte[] unwrap(SigningFile stored, Encryptions encryptions) {
    byte[] scalar = encryptions.unwrap("the signing key", file, stored.kek(), stored.wrapped());
    if (scalar.length != P256.SCALAR_BYTES) {
      throw KeyText.garbled(file, "its secret has " + scalar.length + " bytes");
    }
    return scalar;
  }

  private static byte[] encoded(X509CertificateHolder certificate) {
    try {
      return certificate.getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException("a certificate could not be encoded", e);
    }
  }
}
