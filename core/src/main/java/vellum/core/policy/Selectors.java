package vellum.core.policy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Set;
import vellum.core.record.AccountId;
import vellum.core.record.TextRule;
import vellum.v1.Channel;
import vellum.v1.Direction;

/**
 * Which records a class chooses: those that match every list that is not empty.
 *
 * <p>Where several classes match, the one wins that names an account, then the one that names a law
 * country, then a channel, then a direction. Two classes that name the same kinds of things must
 * not match the same record at the same time.
 *
 * @param lawCountry ISO 3166-1 alpha-2 codes
 * @param account ids of accounts
 * @param channel names of {@link Channel}
 * @param direction names of {@link Direction}: one of them, or none for both
 */
public record Selectors(
    Set<String> lawCountry, Set<String> account, Set<Channel> channel, Set<Direction> direction) {

  /** Chooses everything. */
  public static final Selectors ALL = new Selectors(Set.of(), Set.of(), Set.of(), Set.of());

  static final int MAX_VALUES = 10_000;

  public Selectors {
    lawCountry = Set.copyOf(lawCountry);
    account = Set.copyOf(account);
    channel = Set.copyOf(channel);
    direction = Set.copyOf(direction);
    if (account.size() > MAX_VALUES) {
      throw FieldFault.of("select.account", "must name at most " + MAX_VALUES + " accounts");
    }
    for (String code : lawCountry) {
      country(code);
    }
    account.forEach(AccountId::of);
    if (direction.size() > 1) {
      throw FieldFault.of("select.direction", "must be one direction; without it, both");
    }
  }

  static String country(String code) {
    byte[] bytes = code.getBytes(StandardCharsets.UTF_8);
    if (!TextRule.isCountry(bytes, 0, bytes.length)) {
      throw FieldFault.of("select.law_country", "must be ISO 3166 codes such as HR");
    }
    return code;
  }

  boolean isEmpty() {
    return specificity() == 0;
  }

  /** Higher wins: account 8, law country 4, channel 2, direction 1, summed. */
  int specificity() {
    return (account.isEmpty() ? 0 : 8)
        + (lawCountry.isEmpty() ? 0 : 4)
        + (channel.isEmpty() ? 0 : 2)
        + (direction.isEmpty() ? 0 : 1);
  }

  /** Whether a record exists that both choose. */
  boolean overlaps(Selectors other) {
    return meet(lawCountry, other.lawCountry)
        && meet(account, other.account)
        && meet(channel, other.channel)
        && meet(direction, other.direction);
  }

  private static <T> boolean meet(Set<T> one, Set<T> two) {
    return one.isEmpty() || two.isEmpty() || !Collections.disjoint(one, two);
  }
}
