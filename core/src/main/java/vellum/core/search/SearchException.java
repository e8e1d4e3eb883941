package vellum.core.search;

/** A search cannot go on. */
public abstract sealed class SearchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SearchException(String message) {
    super(message);
  }

  /** Whether trying again later may help. */
  public final boolean recoverable() {
    return false;
  }

  /** A cursor is not one that a page of this scope had. */
  public static final class BadCursor extends SearchException {
    private static final long serialVersionUID = 1L;

    BadCursor() {
      super("the cursor is not the next of an earlier page of the same scope");
    }
  }
}
