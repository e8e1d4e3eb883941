package vellum.core.seal;

/** Bytes that should be a row or a batch's body are not. The message names the place, no value. */
public final class BrokenRow extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BrokenRow(String message) {
    super(message);
  }
}
