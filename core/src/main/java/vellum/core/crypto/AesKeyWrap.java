package vellum.core.crypto;

import java.util.Optional;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.RFC3394WrapEngine;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * AES key wrap (RFC 3394): the secret and eight bytes by which an unwrapping proves itself. Under a
 * key in memory, or under one that only an engine has.
 */
final class AesKeyWrap {

  private static final int OVERHEAD = 8;
  private static final int SHORTEST_SECRET = 16;
  private static final byte[] NO_KEY = {};

  private AesKeyWrap() {}

  static byte[] wrap(byte[] key, byte[] secret) {
    return wrap(AESEngine.newInstance(), key, secret);
  }

  static Optional<byte[]> unwrap(byte[] key, byte[] wrapped) {
    return unwrap(AESEngine.newInstance(), key, wrapped);
  }

  /** Wraps under the key that an engine has. */
  static byte[] wrap(TokenBlocks blocks, byte[] secret) {
    return wrap(blocks, NO_KEY, secret);
  }

  /** Unwraps under the key that an engine has. */
  static Optional<byte[]> unwrap(TokenBlocks blocks, byte[] wrapped) {
    return unwrap(blocks, NO_KEY, wrapped);
  }

  private static byte[] wrap(BlockCipher aes, byte[] key, byte[] secret) {
    if (secret.length < SHORTEST_SECRET || secret.length % OVERHEAD != 0) {
      throw new IllegalArgumentException(
          "a secret has 16 bytes or more, a multiple of 8: " + secret.length);
    }
    RFC3394WrapEngine engine = new RFC3394WrapEngine(aes);
    engine.init(true, new KeyParameter(key));
    return engine.wrap(secret, 0, secret.length);
  }

  private static Optional<byte[]> unwrap(BlockCipher aes, byte[] key, byte[] wrapped) {
    if (wrapped.length < SHORTEST_SECRET + OVERHEAD || wrapped.length % OVERHEAD != 0) {
      return Optional.empty();
    }
    RFC3394WrapEngine engine = new RFC3394WrapEngine(aes);
    engine.init(false, new KeyParameter(key));
    try {
      return Optional.of(engine.unwrap(wrapped, 0, wrapped.length));
    } catch (InvalidCipherTextException e) {
      return Optional.empty();
    }
  }
}
