package vellum.core.policy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vellum.core.seal.SuspenseRules;
import vellum.v1.Channel;

/**
 * Reads the rules of suspense from their file, adding line and place to every fault. What the file
 * leaves out is as {@link SuspenseRules#DEFAULTS} has it. Not an object.
 */
public final class SuspenseFile {

  private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final String ENABLED = "enabled";

  private SuspenseFile() {}

  /**
   * Reads a file.
   *
   * @throws PolicyException.Invalid naming line and field
   * @throws PolicyException.WrongFormat when it is of a later format
   */
  public static SuspenseRules read(String yaml) {
    SuspenseRules defaults = SuspenseRules.DEFAULTS;
    PolicyFile.Fields file = PolicyFile.Fields.of(YamlNode.read(yaml));
    file.allow(
        Set.of(
            "format",
            "unknown_account",
            "unknown_supplier",
            "missing_price",
            "currency_mismatch",
            "implausible_duration",
            "expired_year"));
    file.format(SuspenseRules.FORMAT);
    return new SuspenseRules(
        rule(file, "unknown_account", defaults.unknownAccount()),
        rule(file, "unknown_supplier", defaults.unknownSupplier()),
        price(file, defaults.missingPrice()),
        rule(file, "currency_mismatch", defaults.currencyMismatch()),
        durations(file, defaults.durations()),
        rule(file, "expired_year", defaults.expiredYear()));
  }

  private static PolicyFile.@Nullable Fields keys(
      PolicyFile.Fields file, String name, Set<String> known) {
    if (!file.has(name)) {
      return null;
    }
    PolicyFile.Fields keys = PolicyFile.Fields.of(file.required(name));
    keys.allow(known);
    return keys;
  }

  private static boolean rule(PolicyFile.Fields file, String name, boolean otherwise) {
    return flag(keys(file, name, Set.of(ENABLED)), ENABLED, otherwise);
  }

  private static boolean flag(PolicyFile.@Nullable Fields keys, String name, boolean otherwise) {
    return keys == null || !keys.has(name) ? otherwise : keys.flag(name);
  }

  private static SuspenseRules.Price price(PolicyFile.Fields file, SuspenseRules.Price otherwise) {
    PolicyFile.Fields keys =
        keys(file, "missing_price", Set.of(ENABLED, "zero", "channels", "accounts"));
    int channels = 0;
    for (YamlNode.Text channel : texts(keys, "channels")) {
      channels |= 1 << number(channel);
    }
    Set<String> accounts = new HashSet<>();
    for (YamlNode.Text account : texts(keys, "accounts")) {
      if (account.value().isEmpty() || !accounts.add(account.value())) {
        throw PolicyFile.invalid(account, "must be the id of an account, each once");
      }
    }
    if (keys != null && accounts.size() > SuspenseRules.MAX_ACCOUNTS) {
      throw PolicyFile.invalid(
          keys.required("accounts"), "must be at most " + SuspenseRules.MAX_ACCOUNTS + " accounts");
    }
    return new SuspenseRules.Price(
        flag(keys, ENABLED, otherwise.enabled()),
        flag(keys, "zero", otherwise.zero()),
        channels,
        accounts);
  }

  private static int number(YamlNode.Text channel) {
    for (Channel one : Channel.values()) {
      if (one != Channel.UNRECOGNIZED
          && one != Channel.CHANNEL_UNSPECIFIED
          && one.name().equals(channel.value())) {
        return one.getNumber();
      }
    }
    throw PolicyFile.invalid(channel, "must be a channel such as SMS or VOICE");
  }

  private static List<YamlNode.Text> texts(PolicyFile.@Nullable Fields keys, String name) {
    return keys == null ? List.of() : keys.texts(name);
  }

  private static SuspenseRules.Durations durations(
      PolicyFile.Fields file, SuspenseRules.Durations otherwise) {
    PolicyFile.Fields keys = keys(file, "implausible_duration", Set.of(ENABLED, "longest", "skew"));
    return new SuspenseRules.Durations(
        flag(keys, ENABLED, otherwise.enabled()),
        time(
            keys,
            "longest",
            otherwise.longest(),
            new Bounds(Duration.ofSeconds(1), SuspenseRules.MAX_DURATION, "1s to 31d")),
        time(
            keys,
            "skew",
            otherwise.skew(),
            new Bounds(Duration.ZERO, SuspenseRules.MAX_SKEW, "0s to 24h")));
  }

  private record Bounds(Duration least, Duration most, String text) {}

  private static Duration time(
      PolicyFile.@Nullable Fields keys, String name, Duration otherwise, Bounds bounds) {
    if (keys == null || !keys.has(name)) {
      return otherwise;
    }
    YamlNode.Text text = keys.text(name);
    Matcher parts = TIME.matcher(text.value());
    if (!parts.matches()) {
      throw PolicyFile.invalid(text, "must be a time such as 90s or 24h");
    }
    long number = Long.parseLong(parts.group(1));
    Duration time =
        switch (parts.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        };
    if (time.compareTo(bounds.least) < 0 || time.compareTo(bounds.most) > 0) {
      throw PolicyFile.invalid(text, "must be " + bounds.text);
    }
    return time;
  }
}
