package vellum.core.policy;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whose orders are answered. Authorities of the home countries are; one of another country is
 * refused unless a rule of its country allows it. Immutable.
 *
 * @param home countries, ISO 3166-1 alpha-2
 * @param foreign rules by country
 * @param authorities by id
 */
public record Authorities(
    Set<String> home, Map<String, ForeignRule> foreign, Map<String, Authority> authorities) {

  /** Where no file names any: every order is refused. */
  public static final Authorities NONE = new Authorities(Set.of(), Map.of(), Map.of());

  public Authorities {
    home = Set.copyOf(home);
    foreign = Map.copyOf(foreign);
    authorities = Map.copyOf(authorities);
  }

  /**
   * What becomes of orders from a country that is not home.
   *
   * @param allowed whether they are answered
   * @param basis the treaty or law by which; may be empty of a refusal
   * @param verified whether somebody checked it; what nobody checked allows nothing
   */
  public record ForeignRule(boolean allowed, String basis, boolean verified) {

    /** Whether orders are answered by it. */
    public boolean allows() {
      return allowed && verified;
    }
  }

  public Optional<Authority> find(String id) {
    return Optional.ofNullable(authorities.get(id));
  }

  /** Whether orders from a country are answered; of one that nobody names they are not. */
  public boolean answers(String country) {
    ForeignRule rule = foreign.get(country);
    return home.contains(country) || rule != null && rule.allows();
  }
}
