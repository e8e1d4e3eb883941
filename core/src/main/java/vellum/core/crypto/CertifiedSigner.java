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
 * A key that signs with a certificate of its own, which names the installation: ECDSA over P-256
 * with SHA-256, made durably on the first start. Thread-safe. The private key lies in the directory
 * of the months' keys, wrapped as they are.
 */
public abstract sealed class CertifiedSigner extends KeptSigner permits SigningKey, PackageSigner {

  private final SigningFile.Kind kind;
  private final SecureRandom random;
  private final InstantSource clock;

  private final ECPrivateKeyParameters key;
  private final X509CertificateHolder certificate;

  /** Takes a key as its file has it. */
  CertifiedSigner(Kept kept) {
    super(kept.file(), kept.disk(), kept.stored().key());
    SigningFile stored = kept.stored();
    Path file = kept.file();
    this.kind = stored.kind();
    this.random = kept.random();
    this.clock = kept.clock();
    this.certificate = certificate(file, stored);
    byte[] scalar = unwrap(file, stored, new Encryptions(kept.encryptions()));
    this.key = P256.key(scalar);
    Arrays.fill(scalar, (byte) 0);
    if (!isOf(key, certificate)) {
      throw KeyText.garbled(file, "its certificate is of another key");
    }
  }

  /** A key in its file, and what it takes to use it. */
  record Kept(
      Path file,
      SigningFile stored,
      List<KeyEncryption> encryptions,
      Disk disk,
      SecureRandom random,
      InstantSource clock) {}

  /**
   * Reads a key's file, made when there is none.
   *
   * @param directory of the months' keys; {@link KeyRing#open} made it
   * @param incarnation id of the installation, which goes into the subject of a new certificate
   */
  static Kept keep(
      SigningFile.Kind kind,
      Path directory,
      List<KeyEncryption> by,
      String incarnation,
      Means with) {
    Path file = directory.resolve(kind.file());
    try {
      new KeyShredder(with.disk()).shred(directory.resolve(kind.file() + ".tmp"));
      if (Files.notExists(file)) {
        make(kind, file, by.get(0), incarnation, with);
      }
      SigningFile stored = SigningFile.read(kind, file);
      return new Kept(file, stored, by, with.disk(), with.random(), with.clock());
    } catch (IOException e) {
      throw new CryptoException.KeyStorageFailed(file + " could not be read or made", e);
    }
  }

  /** What comes from outside. */
  record Means(Disk disk, SecureRandom random, InstantSource clock) {}

  /** The certificate, for those who verify what this key signed. */
  public final String certificatePem() {
    return Pem.write(Pem.CERTIFICATE, encoded(certificate));
  }

  /** SHA-256 of the certificate, in hex: what to compare by telephone. */
  public final String fingerprint() {
    return CmsCheck.fingerprint(encoded(certificate));
  }

  /** Signs a content: CMS SignedData in DER, with the content in it or beside it. */
  final byte[] signed(byte[] content, boolean isInside) {
    return CmsSigner.sign(content, isInside, clock.instant(), key, certificate, random);
  }

  @Override
  final SigningFile.Kind kind() {
    return kind;
  }

  @Override
  final byte[] secret() {
    return P256.scalar(key);
  }

  @Override
  final byte[] published() {
    return encoded(certificate);
  }

  private static void make(
      SigningFile.Kind kind, Path file, KeyEncryption encryption, String incarnation, Means with)
      throws IOException {
    ECPrivateKeyParameters key = P256.generate(with.random());
    X509CertificateHolder certificate =
        SigningCertificate.make(
            kind.title(), key, incarnation, with.clock().instant(), with.random());
    byte[] scalar = P256.scalar(key);
    SigningFile made =
        new SigningFile(
            kind,
            newId(with.random()),
            encryption.id(),
            encryption.wrap(scalar),
            certificate.getEncoded());
    Arrays.fill(scalar, (byte) 0);
    with.disk().replace(file, made.text());
  }

  private static boolean isOf(ECPrivateKeyParameters key, X509CertificateHolder certificate) {
    try {
      return Arrays.equals(
          SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(P256.publicOf(key)).getEncoded(),
          certificate.getSubjectPublicKeyInfo().getEncoded());
    } catch (IOException e) {
      throw new IllegalStateException("a public key could not be encoded", e);
    }
  }

  private static X509CertificateHolder certificate(Path file, SigningFile stored) {
    try {
      return new X509CertificateHolder(stored.published());
    } catch (IOException e) {
      throw KeyText.garbled(file, "its certificate cannot be read");
    }
  }

  private static byte[] unwrap(Path file, SigningFile stored, Encryptions encryptions) {
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
