package vellum.core.hold;

import java.util.Locale;

/** Why a hold is placed. Stored by {@link #text}; none is renamed. */
public enum HoldType {
  LITIGATION,
  INVESTIGATION,
  PRESERVATION_ORDER,
  TAX_AUDIT,
  DISPUTE;

  /** In lower case, as documents and interfaces say it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
