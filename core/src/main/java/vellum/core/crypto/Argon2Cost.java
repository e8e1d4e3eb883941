package vellum.core.crypto;

/**
 * What Argon2id costs (RFC 9106, section 3.1): bounded on both sides, so that neither a setting nor
 * a file that somebody changed makes a start weak or endless.
 *
 * @param memoryKib 8 KiB a lane to 4 GiB
 * @param passes 1 to 64
 * @param lanes 1 to 64
 */
public record Argon2Cost(int memoryKib, int passes, int lanes) {

  /** The second recommended option of RFC 9106, section 4: 64 MiB, 3 passes, 4 lanes. */
  public static final Argon2Cost RECOMMENDED = new Argon2Cost(64 << 10, 3, 4);

  private static final int MAX_MEMORY_KIB = 4 << 20;
  private static final int MAX_PASSES = 64;
  private static final int MAX_LANES = 64;

  public Argon2Cost {
    if (lanes < 1 || lanes > MAX_LANES) {
      throw new IllegalArgumentException("lanes of Argon2 must be 1 to 64: " + lanes);
    }
    if (passes < 1 || passes > MAX_PASSES) {
      throw new IllegalArgumentException("passes of Argon2 must be 1 to 64: " + passes);
    }
    if (memoryKib < 8 * lanes || memoryKib > MAX_MEMORY_KIB) {
      throw new IllegalArgumentException(
          "memory of Argon2 must be 8 KiB a lane to 4 GiB: " + memoryKib + " KiB");
    }
  }
}
