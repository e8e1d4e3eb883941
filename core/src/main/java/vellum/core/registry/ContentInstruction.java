package vellum.core.registry;

/**
 * What an account instructs about the content of its messages.
 *
 * @param days kept after the communication, 0 (not kept) to 3,653
 */
public record ContentInstruction(int days) {

  private static final int MAX_DAYS = 3_653;

  /** Content is not kept. */
  public static final ContentInstruction NOT_KEPT = new ContentInstruction(0);

  public ContentInstruction {
    if (days < 0 || days > MAX_DAYS) {
      throw new IllegalArgumentException("content_days must be 0 to " + MAX_DAYS + ": " + days);
    }
  }
}
