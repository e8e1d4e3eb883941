package vellum.core.crypto;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import vellum.core.disk.Disk;

/**
 * The key that signs packages of disclosed records. Thread-safe. It is not the one that signs
 * erasure certificates, so that what an agency trusts says nothing about erasures.
 */
public final class PackageSigner extends CertifiedSigner {

  private PackageSigner(Kept kept) {
    super(kept);
  }

  /**
   * Opens the key, made when there is none.
   *
   * @param directory of the months' keys; {@link KeyRing#open} made it
   * @param encryptions as given to {@link KeyRing#open}
   * @param incarnation id of the installation, which goes into the subject of a new certificate
   * @param clock of the instants of signing
   */
  public static PackageSigner open(
      Path directory,
      List<KeyEncryption> encryptions,
      String incarnation,
      Disk disk,
      SecureRandom random,
      InstantSource clock) {
    Means with = new Means(disk, random, clock);
    return new PackageSigner(
        keep(SigningFile.Kind.DISCLOSURE, directory, encryptions, incarnation, with));
  }

  /**
   * Signs a content that stands in a file of its own: CMS SignedData (RFC 5652) in DER without the
   * content. {@code openssl cms -verify -binary -inform DER -content FILE -CAfile CERT} reads it.
   */
  public byte[] signBeside(byte[] content) {
    return signed(content, false);
  }
}
