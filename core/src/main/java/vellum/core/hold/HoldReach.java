package vellum.core.hold;

import java.util.Locale;

/** What a hold keeps of the records that it is about. Stored by {@link #text}. */
public enum HoldReach {
  /** What is there when it begins. */
  HISTORIC,
  /** That, and what comes as long as it lasts. */
  ONGOING;

  /** In lower case, as documents and interfaces say it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
