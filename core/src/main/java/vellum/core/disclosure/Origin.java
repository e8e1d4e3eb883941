package vellum.core.disclosure;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vellum.core.seal.Identities;

/**
 * Where records come from, and why they are as they are: the same for many records.
 *
 * @param source where they were found
 * @param shown what they show of who took part
 * @param erasedOn day on which their identities were erased, {@code 2026-04-01}; null when not
 * @param byRule rule that did it, in words; null when not
 */
public record Origin(
    Source source, Identities shown, @Nullable String erasedOn, @Nullable String byRule) {

  public Origin {
    if (source == Source.ARCHIVE && shown != Identities.ABSENT) {
      throw new IllegalArgumentException("an archive has no identities");
    }
  }

  String identities() {
    return shown.name().toLowerCase(Locale.ROOT);
  }
}
