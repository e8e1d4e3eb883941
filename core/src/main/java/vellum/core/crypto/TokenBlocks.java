package vellum.core.crypto;

import java.security.GeneralSecurityException;
import java.security.ProviderException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.CipherParameters;

/**
 * AES of a token, block by block. Not thread-safe. The key it works under is the token's, whatever
 * key its caller gives. Failures are {@link ProviderException}s, as the token's own are.
 */
final class TokenBlocks implements BlockCipher {

  private static final int BLOCK = 16;

  private final Cipher cipher;
  private final SecretKey key;

  TokenBlocks(Token token, SecretKey key) {
    this.cipher = token.cipher();
    this.key = key;
  }

  @Override
  public void init(boolean forEncryption, CipherParameters ignored) {
    try {
      cipher.init(forEncryption ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, key);
    } catch (GeneralSecurityException e) {
      throw new ProviderException("the token does not take its key for AES/ECB", e);
    }
  }

  @Override
  public String getAlgorithmName() {
    return "AES";
  }

  @Override
  public int getBlockSize() {
    return BLOCK;
  }

  @Override
  public int processBlock(byte[] in, int inOffset, byte[] out, int outOffset) {
    try {
      int done = cipher.doFinal(in, inOffset, BLOCK, out, outOffset);
      if (done != BLOCK) {
        throw new ProviderException("the token made " + done + " bytes of a block of " + BLOCK);
      }
      return BLOCK;
    } catch (GeneralSecurityException e) {
      throw new ProviderException("the token did not finish a block", e);
    }
  }

  @Override
  public void reset() {
    // Every block is for itself.
  }
}
