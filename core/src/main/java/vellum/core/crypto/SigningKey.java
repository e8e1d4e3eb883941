package vellum.core.crypto;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import vellum.core.disk.Disk;

/** The key that signs erasure certificates. Thread-safe. */
public final class SigningKey extends CertifiedSigner {

  private SigningKey(Kept kept) {
    super(kept);
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
    Means with = new Means(disk, random, clock);
    return new SigningKey(
        keep(SigningFile.Kind.CERTIFICATES, directory, encryptions, incarnation, with));
  }

  /**
   * Signs a content: CMS SignedData (RFC 5652) in DER, which holds the content, the instant of
   * signing and the certificate. {@code openssl cms -verify -inform DER -CAfile CERT} reads it.
   */
  public byte[] sign(byte[] content) {
    return signed(content, true);
  }
}
