package vellum.core.access;

import java.util.Set;
import vellum.core.record.AccountId;

/**
 * The accounts that somebody may send records of, or ask for. Immutable.
 *
 * @param ids account ids; empty means every account, also those that come later
 */
public record AccountScope(Set<String> ids) {

  /** Accounts that one token or certificate may name. */
  public static final int MOST = 1_000;

  /** Of whoever is bound to no account. */
  public static final AccountScope EVERY = new AccountScope(Set.of());

  public AccountScope {
    ids = Set.copyOf(ids);
    if (ids.size() > MOST) {
      throw new IllegalArgumentException("at most " + MOST + " accounts: " + ids.size());
    }
    ids.forEach(AccountId::of);
  }

  /** Whether no account is excluded. */
  public boolean isEvery() {
    return ids.isEmpty();
  }

  /** Whether an account may be sent or asked for. */
  public boolean has(String account) {
    return ids.isEmpty() || ids.contains(account);
  }
}
