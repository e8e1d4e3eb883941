package vellum.core.crypto;

import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.SecretKey;

/**
 * A key-encryption key in a token: wraps by the steps of RFC 3394, of which the token does each AES
 * block. Thread-safe. So it needs of a token no more than AES/ECB, and the secrets that it wraps
 * are never objects of the token. Where the token has forgotten the session, as after an
 * interruption, the key is looked for again, once.
 */
final class TokenKeyEncryption implements KeyEncryption {

  private final String id;
  private final String label;
  private final Token token;
  private volatile SecretKey key;

  /**
   * @param label of the key in the token
   */
  TokenKeyEncryption(String id, String label, SecretKey key, Token token) {
    this.id = id;
    this.label = label;
    this.key = key;
    this.token = token;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public byte[] wrap(byte[] secret) {
    return working(() -> AesKeyWrap.wrap(new TokenBlocks(token, key), secret));
  }

  @Override
  public Optional<byte[]> unwrap(byte[] wrapped) {
    return working(() -> AesKeyWrap.unwrap(new TokenBlocks(token, key), wrapped));
  }

  @Override
  public Erasure erasure() {
    return Erasure.HARDWARE;
  }

  private <T> T working(Supplier<T> work) {
    try {
      return token.working(work);
    } catch (CryptoException.TokenFailed forgotten) {
      key = token.find(label).orElseThrow(() -> forgotten);
      return token.working(work);
    }
  }
}
