package vellum.core.registry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The dated inventory of an account's own senders, which alone makes a number or an address no
 * identity. Proxy numbers stand for people and can never be in it. Immutable.
 */
public final class SenderInventory {

  /** Most business senders of an account, and most proxy numbers. */
  public static final int MAX_SENDERS = 100_000;

  /** Of an account without senders of its own. */
  public static final SenderInventory EMPTY = new SenderInventory(List.of(), List.of());

  private final List<BusinessSender> senders;
  private final List<String> proxyNumbers;

  /** Start and end of each span in microseconds, pair after pair, in the order of time. */
  private final Map<String, long[]> spans;

  /**
   * @param senders at most 100,000; spans of one value must not overlap
   * @param proxyNumbers canonical numbers, at most 100,000, none of them a sender at any time
   */
  public SenderInventory(List<BusinessSender> senders, List<String> proxyNumbers) {
    checkCount("business_senders", senders.size());
    checkCount("proxy_numbers", proxyNumbers.size());
    this.senders =
        senders.stream()
            .sorted(Comparator.comparing(BusinessSender::value).thenComparing(BusinessSender::from))
            .toList();
    this.proxyNumbers = proxyNumbers.stream().sorted().toList();
    this.spans = spans(this.senders);
    checkProxies(proxyNumbers, spans.keySet());
  }

  /** In the order of value and time. */
  public List<BusinessSender> senders() {
    return senders;
  }

  /** In their order. */
  public List<String> proxyNumbers() {
    return proxyNumbers;
  }

  boolean contains(String canonical, long atMicros) {
    long[] own = spans.get(canonical);
    if (own != null) {
      for (int i = 0; i < own.length; i += 2) {
        if (own[i] <= atMicros && atMicros < own[i + 1]) {
          return true;
        }
      }
    }
    return false;
  }

  private static void checkCount(String field, int count) {
    if (count > MAX_SENDERS) {
      throw new IllegalArgumentException(
          field + " must have at most " + MAX_SENDERS + " entries: " + count);
    }
  }

  private static Map<String, long[]> spans(List<BusinessSender> sorted) {
    Map<String, long[]> spans = new HashMap<>();
    List<BusinessSender> same = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      same.add(sorted.get(i));
      if (i + 1 == sorted.size() || !sorted.get(i + 1).value().equals(sorted.get(i).value())) {
        spans.put(sorted.get(i).value(), disjoint(same));
        same.clear();
      }
    }
    return spans;
  }

  private static long[] disjoint(List<BusinessSender> same) {
    long[] bounds = new long[same.size() * 2];
    for (int i = 0; i < same.size(); i++) {
      BusinessSender sender = same.get(i);
      bounds[2 * i] = Micros.of(sender.from());
      bounds[2 * i + 1] = sender.until() == null ? Long.MAX_VALUE : Micros.of(sender.until());
      if (i > 0 && bounds[2 * i] < bounds[2 * i - 1]) {
        throw new IllegalArgumentException(
            "business_senders: one value is listed twice for " + sender.from());
      }
    }
    return bounds;
  }

  private static void checkProxies(List<String> proxyNumbers, Set<String> businessSenders) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < proxyNumbers.size(); i++) {
      String field = "proxy_numbers[" + i + "]";
      String number = SenderForm.number(field, proxyNumbers.get(i));
      if (!seen.add(number)) {
        throw new IllegalArgumentException(field + " is listed twice");
      }
      if (businessSenders.contains(number)) {
        throw new IllegalArgumentException(field + " is a business sender too: it must not be one");
      }
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SenderInventory that
        && senders.equals(that.senders)
        && proxyNumbers.equals(that.proxyNumbers);
  }

  @Override
  public int hashCode() {
    return 31 * senders.hashCode() + proxyNumbers.hashCode();
  }

  @Override
  public String toString() {
    return "SenderInventory[senders="
        + senders.size()
        + ", proxyNumbers="
        + proxyNumbers.size()
        + "]";
  }
}
