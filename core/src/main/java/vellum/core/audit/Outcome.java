package vellum.core.audit;

/** How what an entry is about went. Names are stored and never renamed. */
public enum Outcome {
  /** The answer follows this entry. */
  ANSWERED,
  /** The change follows this entry; another entry says how it ended. Alone: nobody knows. */
  BEGUN,
  /** The change is made. */
  DONE,
  /** Nothing was changed: it was not allowed, or made no sense. */
  REFUSED,
  /** It broke off; something may have been changed. */
  FAILED
}
