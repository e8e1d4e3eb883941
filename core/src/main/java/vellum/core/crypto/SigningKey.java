package vellum.core.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import vellum.core.disk.Disk;

/**
 * The key that signs erasure certificates: ECDSA over P-256 with SHA-256, made durably on the first
 * start, with a certificate of its own that names the installation. Thread-safe. The private key
 * lies in the directory of the months' keys, wrapped as they are.
 */
public final class SigningKey implements Wrapped {

  private static final int ID_BYTES = 8;

  private final Path file;
  private final Disk disk;
  private final SecureRandom random;
  private final InstantSource clock;

  private final String id;
  private final ECPrivateKeyParameters key;
  private final X509CertificateHolder certificate;

  private SigningKey(
      Path file,
      List<KeyEncryption> encryptions,
      Disk disk,
      SecureRandom random,
      InstantSource clock)
      throws IOException {
    this.file = file;
    this.disk = disk;
    this.random = random;
    this.clock = clock;
    SigningFile stored = SigningFile.read(file);
    this.id = stored.key();
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
    Path file = directory.resolve(SigningFile.NAME);
    try {
      new KeyShredder(disk).shred(directory.resolve(SigningFile.NAME + ".tmp"));
      if (Files.notExists(file)) {
        make(file, encryptions.get(0), incarnation, disk, random, clock);
      }
      return new SigningKey(file, encryptions, disk, random, clock);
    } catch (IOException e) {
      throw new CryptoException.KeyStorageFailed(file + " could not be read or made", e);
    }
  }

  /** Random name of the key. */
  public String id() {
    return id;
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
  public synchronized void rewrap(KeyEncryption next) {
    try {
      SigningFile stored = SigningFile.read(file);
      if (!stored.kek().equals(next.id())) {
        disk.replace(file, wrapped(next).text());
      }
    } catch (IOException e) {
      throw new CryptoException.KeyStorageFailed(
          "the signing key is still wrapped by the old key-encryption key; rewrap again", e);
    }
  }

  /** The file of this key, wrapped by a key-encryption key. */
  SigningFile wrapped(KeyEncryption by) {
    byte[] scalar = P256.scalar(key);
    try {
      return new SigningFile(id, by.id(), by.wrap(scalar), encoded(certificate));
    } finally {
      Arrays.fill(scalar, (byte) 0);
    }
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
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    byte[] scalar = P256.scalar(key);
    SigningFile made =
        new SigningFile(
            HexFormat.of().formatHex(id),
            encryption.id(),
            encryption.wrap(scalar),
            certificate.getEncoded());
    Arrays.fill(scalar, (byte) 0);
    disk.replace(file, made.text());
  }

  private X509CertificateHolder certificate(SigningFile stored) {
    try {
      return new X509CertificateHolder(stored.certificate());
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
