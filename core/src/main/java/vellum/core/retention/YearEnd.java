package vellum.core.retention;

/**
 * Port: what else goes when the records of a year go, in the same rule's name: statements and
 * postings by hand. For the worker's thread.
 */
@FunctionalInterface
public interface YearEnd {

  /** There is nothing else. */
  YearEnd NONE = year -> false;

  /**
   * Removes, durably, some of what belongs to years up to one; again does nothing.
   *
   * @return whether there may be more
   */
  boolean remove(int year);
}
