package vellum.core.access;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What somebody is there for; who has several may do what any of them may. Stored and spoken by
 * {@link #text}, never by the ordinal. A role is not renamed.
 */
public enum Role {
  /** Everything, tokens included. */
  ADMINISTRATOR,
  /** Sends records of its accounts. */
  PRODUCER,
  /** Totals, statements, re-rating: amounts and no identities. */
  BILLING,
  /** Looks up with a mask over every identity. */
  SUPPORT,
  /** Requests of data subjects, retention, holds. */
  PRIVACY,
  /** Answers orders: sees whole identities, with a second person. */
  DISCLOSURE,
  /** The second person of an order. */
  APPROVER,
  /** Runs the server: health, gaps, keys' backups; no identities. */
  OPERATOR,
  /** Reads the audit trail, and checks certificates. */
  AUDITOR;

  /** The name as tokens, settings and answers say it: {@code billing}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return text();
  }

  /**
   * The role of a name.
   *
   * @throws IllegalArgumentException naming those that there are
   */
  public static Role of(String text) {
    for (Role role : values()) {
      if (role.text().equals(text)) {
        return role;
      }
    }
    throw new IllegalArgumentException("a role is one of " + List.of(values()));
  }

  /** Names of roles in the order of this list, with commas. */
  public static String texts(Set<Role> roles) {
    return new TreeSet<>(roles).stream().map(Role::text).collect(Collectors.joining(", "));
  }
}
