package vellum.core.order;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseId;
import vellum.core.search.ErasedPeriod;
import vellum.core.search.Found;
import vellum.v1.UsageRecord;

/**
 * Port: where the packages of orders are made and lie until they are handed over. Thread-safe; what
 * makes one is not.
 */
public interface Packages {

  /**
   * Begins a package, or goes on with one that was broken off; what was made behind the state is
   * removed.
   *
   * @param state of an earlier {@link Making#checkpoint}; empty to begin anew
   */
  Making open(Order order, byte[] state);

  /** Files of a complete package, in the order in which they are to be read; empty of none. */
  List<PackageFile> files(CaseId id);

  /** Part of a file of a complete package, as it lies on the disk. */
  Optional<byte[]> read(CaseId id, String name, long offset, int limit);

  /** Removes what there is of a package; again does nothing. */
  void remove(CaseId id);

  /** A file of a package. */
  record PackageFile(String name, long bytes) {}

  /** A package while it is made. For one thread; to be closed. */
  interface Making extends AutoCloseable {

    /**
     * Adds a record, or what of it the order lets out.
     *
     * @param missing why it lacks identities, if it does
     * @throws OrderException.NoRoom when the disk is full: nothing of the package is left
     */
    void add(Found record, @Nullable ErasedPeriod missing);

    /**
     * Adds events of the usage log, all of them, behind the last record.
     *
     * @throws OrderException.NoRoom as above
     */
    void add(List<UsageRecord> events);

    /** Makes durable what was added; what is told goes on from there. */
    byte[] checkpoint();

    /**
     * Completes the package: signed, encrypted, durable.
     *
     * @param records that were added
     * @param missing what is no longer held
     * @return SHA-256 of its manifest, hex
     */
    String finish(long records, List<ErasedPeriod> missing);

    @Override
    void close();
  }
}
