package vellum.core.hold;

import java.util.Locale;

/** How far a hold has come; it never goes back. Stored by {@link #text}. */
public enum HoldState {
  /** It begins later. */
  WAITING,
  /** What is there is being copied into its vault. */
  COPYING,
  /** All that was there is copied. */
  ACTIVE,
  /** It is over, and what it kept is being erased. */
  RELEASING,
  /** What it kept is gone. */
  RELEASED;

  /** Whether it keeps something, or will. */
  public boolean isOpen() {
    return compareTo(RELEASING) < 0;
  }

  /** In lower case, as documents and interfaces say it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
