package vellum.core.strip;

/** What a strip does to a field. */
public enum StripRule {
  /** Stays as it is. */
  KEEP,
  /** Goes. */
  DROP,
  /** A message: each of its fields by its own rule; goes when nothing of it is left. */
  INSIDE,
  /** A party's identifier: stays when it is in clear, as a business's is, and goes when sealed. */
  BUSINESS,
  /** A time: cut to the second. */
  SECOND,
  /** A number of milliseconds: cut to a multiple of 1,000. */
  WHOLE_SECONDS,
  /** A number of bytes: the next multiple of 1,024. */
  KIBIBYTES,
  /** Name of a class: stays when it has letters, "-", "_" and " " only, and at most 32 bytes. */
  LABEL,
  /** State of a delivery receipt: stays when it is one of SMPP 3.4, appendix B. */
  DLR_STATE,
  /** Domain: stays when it is a well-known public mail provider's, in lower case. */
  PROVIDER
}
