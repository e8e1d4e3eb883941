package vellum.core.crypto;

import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * A key-encryption key in a token: wraps by the steps of RFC 3394, of which the token does each AES
 * block. Thread-safe. So it needs of a token no more than AES/ECB, and the secrets that it wraps
 * are never objects of the token.
 */
final class TokenKeyEncryption implements KeyEncryption {

  private final String id;
  private final SecretKey key;
  private final Token token;

  TokenKeyEncryption(String id, SecretKey key, Token token) {
    this.id = id;
    this.key = key;
    this.token = token;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public byte[] wrap(byte[] secret) {
    return token.working(() -> AesKeyWrap.wrap(new TokenBlocks(token, key), secret));
  }

  @Override
  public Optional<byte[]> unwrap(byte[] wrapped) {
    return token.working(() -> AesKeyWrap.unwrap(new TokenBlocks(token, key), wrapped));
  }

  @Override
  public Erasure erasure() {
    return Erasure.HARDWARE;
  }
}
