package vellum.ingest.demo;

import java.util.ArrayList;
import java.util.List;
import vellum.v1.Identifier;
import vellum.v1.IdentifierKind;
import vellum.v1.Party;
import vellum.v1.TrafficType;

/**
 * A made-up customer: what it sends as, why, and what it pays in. Immutable.
 *
 * @param sender how it calls itself in messages: mostly alphanumeric, some short codes, some
 *     numbers
 * @param number its number for calls and chats
 * @param mail its e-mail sender
 */
record Account(
    String id,
    TrafficType trafficType,
    String currency,
    String application,
    String producer,
    Party sender,
    Party number,
    Party mail) {

  private static final String[] SYLLABLES = {
    "Ac", "Bel", "Cor", "Dex", "Eva", "Fin", "Gro", "Hub", "Ino", "Jet", "Kor", "Lum", "Mid", "Nor",
    "Oxo", "Pay", "Qui", "Rux", "Sol", "Tel", "Ura", "Vex", "Wiz", "Zen"
  };
  private static final String[] CURRENCIES = {"EUR", "EUR", "EUR", "USD", "USD", "GBP", "CHF"};
  private static final TrafficType[] TYPES = {
    TrafficType.OTP,
    TrafficType.OTP,
    TrafficType.TRANSACTIONAL,
    TrafficType.TRANSACTIONAL,
    TrafficType.NOTIFICATION,
    TrafficType.PROMOTIONAL,
    TrafficType.CONVERSATIONAL
  };

  /** The accounts of a seed. */
  static List<Account> all(GeneratorOptions options, Subscribers subscribers) {
    Dice dice = new Dice(Dice.mix(options.seed()));
    List<Account> accounts = new ArrayList<>(options.accounts());
    for (int i = 0; i < options.accounts(); i++) {
      accounts.add(account(i, subscribers, dice));
    }
    return List.copyOf(accounts);
  }

  private static Account account(int index, Subscribers subscribers, Dice dice) {
    String name =
        SYLLABLES[dice.below(SYLLABLES.length)]
            + SYLLABLES[dice.below(SYLLABLES.length)].toLowerCase(java.util.Locale.ROOT)
            + (index % 100);
    Party number = party(IdentifierKind.E164, subscribers.number(0, subscribers.draw(dice, 0)));
    int form = dice.below(100);
    Party sender =
        form < 75
            ? party(IdentifierKind.ALPHANUMERIC, name)
            : form < 92
                ? party(IdentifierKind.SHORT_CODE, Integer.toString(20_000 + dice.below(70_000)))
                : number;
    return new Account(
        digits("acct-", index + 1, 5),
        TYPES[dice.below(TYPES.length)],
        CURRENCIES[dice.below(CURRENCIES.length)],
        digits("app-", 1 + dice.below(40), 2),
        digits("gateway-", 1 + dice.below(12), 2),
        sender,
        number,
        party(
            IdentifierKind.EMAIL_ADDRESS,
            "news@" + name.toLowerCase(java.util.Locale.ROOT) + ".example"));
  }

  /** A name with a number of at least so many digits. */
  static String digits(String name, int number, int digits) {
    String text = Integer.toString(number);
    return name + "0".repeat(Math.max(0, digits - text.length())) + text;
  }

  static Party party(IdentifierKind kind, String value) {
    return Party.newBuilder()
        .addIdentifiers(Identifier.newBuilder().setKind(kind).setValue(value))
        .build();
  }
}
