package vellum.ingest.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * The end users: each index is one person with a number, a network and an e-mail address that
 * follow from the index alone. Immutable.
 */
final class Subscribers {

  private static final String[] FIRST = {
    "anna", "ben", "carla", "david", "elif", "farid", "greta", "hugo", "ines", "jonas", "katja",
    "luca", "maria", "noah", "olga", "pavel", "quentin", "rosa", "samir", "tereza", "umar", "vera",
    "wanda", "xenia", "yusuf", "zoe", "amara", "bruno", "chiara", "diego", "emil", "fatima"
  };
  private static final String[] LAST = {
    "novak", "silva", "schmidt", "rossi", "garcia", "kowalska", "dubois", "jansen", "horvat",
    "nilsen", "yilmaz", "okafor", "hassan", "sharma", "tanaka", "wijaya", "smith", "martin",
    "popescu", "nagy", "costa", "meyer", "larsen", "virtanen", "dvorak", "papadakis", "mendes",
    "moreno", "weber", "fischer", "lopez", "brown"
  };
  private static final String[] DOMAINS = {
    "mail.example",
    "post.example",
    "inbox.example",
    "letters.example",
    "webmail.example.com",
    "users.example.net",
    "example.org",
    "box.example"
  };

  /** Scatters numbers over a range: coprime to ten, so no two meet. */
  private static final long SCATTER = 387_420_489;

  private final List<Country> countries;
  private final String[][] beginnings;
  private final int[] first;
  private final long[] moduli;

  Subscribers(List<Country> countries, int count) {
    this.countries = countries;
    this.beginnings = new String[countries.size()][];
    this.first = new int[countries.size() + 1];
    this.moduli = new long[countries.size()];
    long weights = countries.stream().mapToLong(Country::weight).sum();
    long sum = 0;
    for (int c = 0; c < countries.size(); c++) {
      Country country = countries.get(c);
      sum += country.weight();
      first[c + 1] = (int) (sum * count / weights);
      beginnings[c] = beginnings(country);
      int digits = country.nationalDigits() - longestPrefix(country);
      moduli[c] = (long) Math.pow(10, digits);
      if ((first[c + 1] - first[c]) / beginnings[c].length >= moduli[c]) {
        throw new IllegalArgumentException("too many subscribers for " + country.iso());
      }
    }
  }

  /** Draws a subscriber of a country. */
  int draw(Dice dice, int country) {
    int size = first[country + 1] - first[country];
    return first[country] + (size == 0 ? 0 : dice.below(size));
  }

  /** The E.164 number. */
  String number(int country, int subscriber) {
    String[] own = beginnings[country];
    int index = subscriber - first[country];
    long rest = (index / own.length * SCATTER + 1_234_567) % moduli[country];
    String beginning = own[index % own.length];
    int length = 1 + callingCodeLength(country) + countries.get(country).nationalDigits();
    char[] number = new char[length];
    beginning.getChars(0, beginning.length(), number, 0);
    for (int i = length - 1; i >= beginning.length(); i--) {
      number[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
    return new String(number);
  }

  String mail(int subscriber) {
    return FIRST[subscriber & 31]
        + '.'
        + LAST[subscriber >>> 5 & 31]
        + (subscriber >>> 10)
        + '@'
        + domain(subscriber);
  }

  String domain(int subscriber) {
    return DOMAINS[subscriber % DOMAINS.length];
  }

  /** The network that the number's range was given to. */
  String network(int country, int subscriber) {
    List<String> networks = countries.get(country).networks();
    return networks.get(subscriber % networks.size());
  }

  private int callingCodeLength(int country) {
    return countries.get(country).callingCode().length();
  }

  /** The calling code and each prefix, filled up to the length of the longest. */
  private static String[] beginnings(Country country) {
    int longest = longestPrefix(country);
    List<String> all = new ArrayList<>();
    for (String prefix : country.prefixes()) {
      all.add('+' + country.callingCode() + prefix + "5".repeat(longest - prefix.length()));
    }
    return all.toArray(new String[0]);
  }

  private static int longestPrefix(Country country) {
    return country.prefixes().stream().mapToInt(String::length).max().orElseThrow();
  }
}
