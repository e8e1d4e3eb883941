package vellum.core.search;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import vellum.core.record.MonthId;

/**
 * How far a search may see. Immutable.
 *
 * @param vaults of holds that may be read beside what everybody's records are in
 * @param contents whether what was said is opened too, where it is still kept
 */
public record Reach(SortedSet<MonthId> vaults, boolean contents) {

  /** No vault, no content. */
  public static final Reach NONE = new Reach(Collections.emptySortedSet(), false);

  public Reach {
    vaults = Collections.unmodifiableSortedSet(new TreeSet<>(vaults));
    for (MonthId vault : vaults) {
      if (vault.kind() != MonthId.Kind.HOLD) {
        throw new IllegalArgumentException("no vault: " + vault);
      }
    }
  }
}
