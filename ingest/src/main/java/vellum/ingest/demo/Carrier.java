package vellum.ingest.demo;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A made-up supplier and its connection. Immutable.
 *
 * @param currency of what it charges when carriers charge in currencies of their own
 */
record Carrier(String id, String connection, Home home, String currency) {

  private static final int COUNT = 24;

  /** All carriers, always in the same order. */
  static List<Carrier> all() {
    return IntStream.range(0, COUNT).mapToObj(Carrier::carrier).toList();
  }

  private static Carrier carrier(int index) {
    Home home = Home.of(index);
    // Interconnect agreements are settled in special drawing rights, some of them.
    String currency = index % 7 == 6 ? "XDR" : home.currency;
    return new Carrier(
        Account.digits("carrier-", index + 1, 2),
        Account.digits("smpp-", index + 1, 2),
        home,
        currency);
  }
}
