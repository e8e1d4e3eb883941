package vellum.ingest.demo;

import com.google.protobuf.util.Timestamps;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import vellum.ingest.scan.ValueSet;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.IdentifierKind;
import vellum.v1.Party;
import vellum.v1.Submission;

/**
 * What the demo sent, so that it can check what the server answers, and what must not be on its
 * disk. Keeps clear identities in memory. Not thread-safe.
 */
final class SentLedger {

  private static final String CALLING_CODE = "49";

  private final String account;
  private final Instant from;
  private final Instant to;
  private final Set<String> ownNumbers;
  private final ValueSet values = new ValueSet();
  private String someMail = "";
  private final Set<String> inWindow = new HashSet<>();
  private final Map<String, Set<String>> byNumber = new HashMap<>();

  /**
   * A ledger that remembers one account's records of a time.
   *
   * @param ownNumbers what businesses declared as theirs: stored in clear, as routing
   */
  SentLedger(String account, Instant from, Instant to, Set<String> ownNumbers) {
    this.account = account;
    this.from = from;
    this.to = to;
    this.ownNumbers = Set.copyOf(ownNumbers);
  }

  void sent(DetailRecord record) {
    if (record.getAccount().equals(account)) {
      Instant started = Instant.ofEpochMilli(Timestamps.toMillis(record.getStartedAt()));
      if (!started.isBefore(from) && started.isBefore(to)) {
        inWindow.add(record.getRecordId());
      }
    }
    Submission submission = record.getSubmission();
    for (Party party :
        List.of(
            submission.getSender(),
            submission.getRecipient(),
            submission.getOriginalSender(),
            submission.getForwardedFrom())) {
      for (Identifier identifier : party.getIdentifiersList()) {
        add(identifier, record.getRecordId());
      }
    }
  }

  private void add(Identifier identifier, String recordId) {
    IdentifierKind kind = identifier.getKind();
    String value = identifier.getValue().strip();
    if (kind == IdentifierKind.ALPHANUMERIC
        || kind == IdentifierKind.SHORT_CODE
        || ownNumbers.contains(value)) {
      return;
    }
    if (kind == IdentifierKind.SIP_URI) {
      value = value.replaceFirst("^sips?:", "").replaceFirst("@.*", "");
    }
    String number = value.startsWith("+") ? value.substring(1) : value;
    if (!number.isEmpty() && number.chars().allMatch(c -> c >= '0' && c <= '9')) {
      values.add(number, values.size() + 1);
      if (kind == IdentifierKind.E164 && number.startsWith(CALLING_CODE)) {
        byNumber.computeIfAbsent(number, any -> new HashSet<>()).add(recordId);
      }
    } else if (value.indexOf('@') > 0) {
      someMail = value.toLowerCase(Locale.ROOT);
      values.add(someMail, values.size() + 1);
    }
  }

  /** Ids of the account's records of the time. */
  Set<String> inWindow() {
    return inWindow;
  }

  /** A German number with some records, and their ids; the one with the most below a bound. */
  Map.Entry<String, Set<String>> someNumber(int mostRecords) {
    Map<Integer, Map.Entry<String, Set<String>>> bySize = new TreeMap<>();
    for (Map.Entry<String, Set<String>> entry : byNumber.entrySet()) {
      if (entry.getValue().size() <= mostRecords) {
        bySize.merge(
            -entry.getValue().size(),
            entry,
            (a, b) -> a.getKey().compareTo(b.getKey()) < 0 ? a : b);
      }
    }
    return Stream.concat(bySize.values().stream(), Stream.of(Map.entry("", Set.<String>of())))
        .findFirst()
        .orElseThrow();
  }

  /** Everything sent that must not be on a disk, up to a million values. */
  ValueSet values() {
    return values;
  }

  /** An address that was sent; empty when none was. */
  String someMail() {
    return someMail;
  }
}
