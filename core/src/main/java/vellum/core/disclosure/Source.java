package vellum.core.disclosure;

import java.util.Locale;

/** Where a disclosed record was found. */
public enum Source {
  /** A live month. */
  LIVE,
  /** The vault of a hold. */
  VAULT,
  /** An archive year, which has no identities. */
  ARCHIVE;

  /** Name in records and manifests: {@code live}. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }
}
