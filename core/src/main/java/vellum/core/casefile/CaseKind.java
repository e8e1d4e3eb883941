package vellum.core.casefile;

import org.jspecify.annotations.Nullable;

/** What a case is about. Stored by its letter, which is never used for another kind. */
public enum CaseKind {
  /** Identities are kept beyond their deadline. */
  HOLD('H'),
  /** An authority is to be answered. */
  ORDER('O'),
  /** A person asks for what is theirs. */
  REQUEST('R');

  private final char letter;

  CaseKind(char letter) {
    this.letter = letter;
  }

  /** What its ids begin with. */
  public char letter() {
    return letter;
  }

  /** The kind of a letter, or null. */
  static @Nullable CaseKind of(char letter) {
    for (CaseKind kind : values()) {
      if (kind.letter == letter) {
        return kind;
      }
    }
    return null;
  }
}
