package vellum.core.registry;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All accounts and suppliers as they were at one moment. Immutable; look-ups allocate nothing. Who
 * wants changes takes {@link RegistryStore#registry} again.
 */
public final class Registry {

  /** Most accounts, and most suppliers. */
  public static final int MAX_ACCOUNTS = 1_000_000;

  static final Registry EMPTY = new Registry(new HashMap<>(), new HashMap<>());

  private final Map<String, Account> accounts;
  private final Map<String, Supplier> suppliers;

  private Registry(Map<String, Account> accounts, Map<String, Supplier> suppliers) {
    this.accounts = accounts;
    this.suppliers = suppliers;
  }

  /** The account of an id, or null when it is not registered. */
  public @Nullable Account account(String id) {
    return accounts.get(id);
  }

  /** The supplier of an id, or null when it is not registered. */
  public @Nullable Supplier supplier(String id) {
    return suppliers.get(id);
  }

  /** Whether any account is registered. */
  public boolean hasAccounts() {
    return !accounts.isEmpty();
  }

  /** All accounts, in the order of their ids. */
  public List<Account> accounts() {
    return accounts.values().stream()
        .sorted(Comparator.comparing(account -> account.id().value()))
        .toList();
  }

  /** All suppliers, in the order of their ids. */
  public List<Supplier> suppliers() {
    return suppliers.values().stream().sorted(Comparator.comparing(Supplier::id)).toList();
  }

  /** This with some accounts and suppliers added or replaced. */
  Registry with(Collection<Account> someAccounts, Collection<Supplier> someSuppliers) {
    Map<String, Account> newAccounts = new HashMap<>(accounts);
    someAccounts.forEach(account -> newAccounts.put(account.id().value(), account));
    checkCount("accounts", newAccounts.size());
    Map<String, Supplier> newSuppliers = new HashMap<>(suppliers);
    someSuppliers.forEach(supplier -> newSuppliers.put(supplier.id(), supplier));
    checkCount("suppliers", newSuppliers.size());
    return new Registry(newAccounts, newSuppliers);
  }

  private static void checkCount(String what, int count) {
    if (count > MAX_ACCOUNTS) {
      throw new RegistryException.Invalid(
          what + " must be at most " + MAX_ACCOUNTS + ": " + count, null);
    }
  }
}
