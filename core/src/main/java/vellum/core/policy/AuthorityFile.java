package vellum.core.policy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads whose orders are answered from its file, adding line and place to every fault. {@code
 * config/authorities.yaml} documents the format. Not an object.
 */
public final class AuthorityFile {

  /** Number of the newest format of the file. */
  public static final int FORMAT = 1;

  private static final int MOST_CHARS = 200;
  private static final int MOST = 10_000;
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,40}");
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private AuthorityFile() {}

  /** Whether a text is an ISO 3166-1 alpha-2 code in use. */
  public static boolean isCountry(String code) {
    return COUNTRIES.contains(code);
  }

  /**
   * Reads a file.
   *
   * @throws PolicyException.Invalid naming line and field
   * @throws PolicyException.WrongFormat when it is of a later format
   */
  public static Authorities read(String yaml) {
    PolicyFile.Fields file = PolicyFile.Fields.of(YamlNode.read(yaml));
    file.allow(Set.of("format", "home", "foreign", "authorities"));
    file.format(FORMAT);
    Set<String> home = new HashSet<>();
    file.texts("home").forEach(country -> home.add(country(country)));
    Map<String, Authorities.ForeignRule> foreign = new HashMap<>();
    for (YamlNode item : items(file, "foreign")) {
      addRule(item, home, foreign);
    }
    Map<String, Authority> authorities = new HashMap<>();
    for (YamlNode item : items(file, "authorities")) {
      Authority one = authority(item);
      if (authorities.put(one.id(), one) != null) {
        throw PolicyFile.invalid(item, "an authority's id stands twice");
      }
    }
    return new Authorities(home, foreign, authorities);
  }

  private static Iterable<YamlNode> items(PolicyFile.Fields file, String key) {
    if (!file.has(key)) {
      return Set.of();
    }
    if (!(file.required(key) instanceof YamlNode.Items list)) {
      throw PolicyFile.invalid(file.required(key), "must be a list");
    }
    if (list.items().size() > MOST) {
      throw PolicyFile.invalid(list, "must have at most " + MOST + " entries");
    }
    return list.items();
  }

  private static void addRule(
      YamlNode item, Set<String> home, Map<String, Authorities.ForeignRule> foreign) {
    PolicyFile.Fields fields = PolicyFile.Fields.of(item);
    fields.allow(Set.of("country", "answer", "basis", "verified"));
    String country = country(fields.text("country"));
    boolean allowed =
        switch (fields.text("answer").value()) {
          case "allow" -> true;
          case "refuse" -> false;
          default -> throw PolicyFile.invalid(fields.text("answer"), "must be allow or refuse");
        };
    if (home.contains(country)) {
      throw PolicyFile.invalid(item, country + " is home, where all authorities are answered");
    }
    String basis = allowed || fields.has("basis") ? text(fields, "basis") : "";
    Authorities.ForeignRule rule =
        new Authorities.ForeignRule(allowed, basis, fields.flag("verified"));
    if (foreign.put(country, rule) != null) {
      throw PolicyFile.invalid(item, "a country stands twice");
    }
  }

  private static Authority authority(YamlNode item) {
    PolicyFile.Fields fields = PolicyFile.Fields.of(item);
    fields.allow(Set.of("id", "name", "country", "type", "verified"));
    YamlNode.Text id = fields.text("id");
    if (!ID.matcher(id.value()).matches()) {
      throw PolicyFile.invalid(id, "must match " + ID);
    }
    return new Authority(
        id.value(),
        text(fields, "name"),
        country(fields.text("country")),
        type(fields.text("type")),
        fields.flag("verified"));
  }

  private static String text(PolicyFile.Fields fields, String key) {
    YamlNode.Text text = fields.text(key);
    if (text.value().length() > MOST_CHARS
        || text.value().chars().anyMatch(Character::isISOControl)) {
      throw PolicyFile.invalid(
          text, "must be 1 to " + MOST_CHARS + " characters without control characters");
    }
    return text.value();
  }

  private static String country(YamlNode.Text text) {
    if (!isCountry(text.value())) {
      throw PolicyFile.invalid(text, "must be an ISO 3166-1 code of two capital letters");
    }
    return text.value();
  }

  private static Authority.Type type(YamlNode.Text text) {
    for (Authority.Type type : Authority.Type.values()) {
      if (type.text().equals(text.value())) {
        return type;
      }
    }
    throw PolicyFile.invalid(
        text,
        "must be police, prosecutor, court, intelligence, emergency_service, regulator or tax");
  }
}
