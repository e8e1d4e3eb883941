package vellum.ingest.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A certificate with the chain behind it and its private key, which fit each other. Immutable.
 *
 * @param chain the own certificate first
 * @param key not to be logged
 * @param expiresAt when the first of the chain ends
 */
public record TlsIdentity(List<X509Certificate> chain, PrivateKey key, Instant expiresAt) {

  private static final byte[] PROBE = {'v', 'e', 'l', 'l', 'u', 'm'};

  /**
   * Reads both files' contents and checks them.
   *
   * @throws TlsException naming the file and what is wrong with it
   */
  static TlsIdentity of(PemFile certificate, PemFile key, Instant now) {
    List<X509Certificate> chain = certificate.certificates();
    PrivateKey secret = key.key();
    if (!fits(secret, chain.get(0).getPublicKey())) {
      throw new TlsException.KeyMismatch(key.path(), certificate.path());
    }
    Instant end = Instant.MAX;
    for (int i = 0; i < chain.size(); i++) {
      Instant from = chain.get(i).getNotBefore().toInstant();
      Instant to = chain.get(i).getNotAfter().toInstant();
      if (now.isBefore(from)) {
        throw new TlsException.NotYetValid(certificate.path(), i + 1, from);
      }
      if (now.isAfter(to)) {
        throw new TlsException.Expired(certificate.path(), i + 1, to);
      }
      end = to.isBefore(end) ? to : end;
    }
    return new TlsIdentity(chain, secret, end);
  }

  /** Whether what one signs the other verifies. */
  private static boolean fits(PrivateKey key, PublicKey point) {
    if (!key.getAlgorithm().equals(point.getAlgorithm())) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance("SHA256with" + name(key.getAlgorithm()));
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(point);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String name(String algorithm) {
    return algorithm.equals("EC") ? "ECDSA" : algorithm;
  }

  @Override
  public String toString() {
    return "TlsIdentity[" + chain.size() + " certificates until " + expiresAt + "]";
  }
}
