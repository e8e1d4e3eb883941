package vellum.core.seal;

/** What an opened record shows of who took part. */
public enum Identities {
  /** As they came. */
  CLEAR,
  /** The beginning and end of a number, the first letters of an address. */
  MASKED,
  /** Not at all: the fields are absent. Needs no key. */
  ABSENT
}
