package vellum.core.policy;

import java.util.Locale;

/**
 * Who may order a disclosure. Immutable.
 *
 * @param id short name that orders give: 1 to 40 characters {@code [a-z0-9-]}
 * @param name as its papers have it
 * @param country ISO 3166-1 alpha-2 code
 * @param verified whether somebody checked that this is the authority's name and that it is one
 */
public record Authority(String id, String name, String country, Type type, boolean verified) {

  /** What an authority is; statistics count by it. */
  public enum Type {
    POLICE,
    PROSECUTOR,
    COURT,
    INTELLIGENCE,
    EMERGENCY_SERVICE,
    REGULATOR,
    TAX;

    /** In lower case, as files and interfaces say it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
