package vellum.core.store;

/** What a store says when its disk is full. */
public final class FullStore {

  private FullStore() {}

  public static StoreException unavailable() {
    return new StoreException.Unavailable("disk full", new java.io.IOException("no space"));
  }
}
