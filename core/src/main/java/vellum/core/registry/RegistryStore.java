package vellum.core.registry;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;

/**
 * The registry's rows in the control store, and their picture in memory. A change is durable before
 * {@link #registry} shows it. Thread-safe: changes come one after the other, reading never waits.
 */
public final class RegistryStore {

  /** Accounts by id. */
  public static final Table ACCOUNTS = new Table("accounts", 0, Table.Shape.SMALL);

  /** Suppliers by id. */
  public static final Table SUPPLIERS = new Table("suppliers", 0, Table.Shape.SMALL);

  /** What the store that is handed in must have been opened with, among others. */
  public static final List<Table> TABLES = List.of(ACCOUNTS, SUPPLIERS);

  private static final byte[] START = {};

  /** After every id: no UTF-8 has a byte of 0xFF. */
  private static final byte[] END = {(byte) 0xFF};

  private final Store store;
  private volatile Registry registry;

  /**
   * Reads all rows.
   *
   * @param store synced, and open as long as this is used; not closed by this
   * @throws RegistryException.WrongFormat when a row is newer than this version
   */
  public RegistryStore(Store store) {
    this.store = store;
    List<Account> accounts = new ArrayList<>();
    each(ACCOUNTS, row -> accounts.add(RegistryRows.readAccount(row)));
    List<Supplier> suppliers = new ArrayList<>();
    each(SUPPLIERS, row -> suppliers.add(RegistryRows.readSupplier(row)));
    this.registry = Registry.EMPTY.with(accounts, suppliers);
  }

  /** All accounts and suppliers as of now. */
  public Registry registry() {
    return registry;
  }

  /** Adds an account, or replaces the one of its id. */
  public void put(Account account) {
    change(List.of(account), List.of());
  }

  /** Adds a supplier, or replaces the one of its id. */
  public void put(Supplier supplier) {
    change(List.of(), List.of(supplier));
  }

  /**
   * Adds or replaces what a YAML file lists, all of it or, at the first fault, nothing. What the
   * file does not list stays. The stream is not closed.
   *
   * @throws RegistryException.Invalid with line and field of the first fault
   * @throws RegistryException.WrongFormat when the file's format is newer than this version
   */
  public Imported importYaml(InputStream yaml) {
    RegistryFile file = RegistryFile.read(yaml);
    return change(file.accounts().values(), file.suppliers().values());
  }

  private synchronized Imported change(
      Collection<Account> accounts, Collection<Supplier> suppliers) {
    Registry before = registry;
    Registry after = before.with(accounts, suppliers);
    Imported.Counter counter = new Imported.Counter();
    StoreBatch batch = store.batch();
    for (Account account : accounts) {
      String id = account.id().value();
      if (counter.changes(before.account(id), account)) {
        batch.put(ACCOUNTS, RegistryRows.key(id), RegistryRows.write(account));
      }
    }
    for (Supplier supplier : suppliers) {
      if (counter.changes(before.supplier(supplier.id()), supplier)) {
        batch.put(SUPPLIERS, RegistryRows.key(supplier.id()), RegistryRows.write(supplier));
      }
    }
    if (batch.count() > 0) {
      store.write(batch);
      registry = after;
    }
    return counter.imported();
  }

  private void each(Table table, Consumer<byte[]> row) {
    try (Scan scan = store.scan(table, START, END)) {
      while (scan.next()) {
        row.accept(scan.value());
      }
    }
  }
}
