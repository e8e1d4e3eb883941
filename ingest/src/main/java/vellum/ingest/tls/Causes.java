package vellum.ingest.tls;

import java.util.ArrayList;
import java.util.List;

/** A failure and what caused it, as libraries nest them. Stateless. */
final class Causes {

  private static final int MOST = 16;

  private Causes() {}

  /** The failure, then its cause and so on, at most 16: the innermost is the most exact. */
  static List<Throwable> of(Throwable failure) {
    List<Throwable> all = new ArrayList<>();
    Throwable each = failure;
    while (each != null && all.size() < MOST) {
      all.add(each);
      each = each.getCause();
    }
    return all;
  }
}
