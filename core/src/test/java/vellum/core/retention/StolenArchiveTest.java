package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.period.FoundRecord;
import vellum.core.period.Place;
import vellum.core.period.RecordPage;
import vellum.core.record.AccountId;
import vellum.core.strip.StripProfile;
import vellum.core.strip.StripRule;
import vellum.core.strip.StrippedOpener;
import vellum.v1.DetailRecord;

/** A stolen archive, joined by account and second with the customer's own log, field by field. */
final class StolenArchiveTest {

  private static final int RECORDS = 300;

  @TempDir Path directory;

  private final Traffic traffic = new Traffic(5, RECORDS);

  @Test
  void shouldTellByAccountAndSecondNothingButFieldsThatTheProfileKeeps() {
    try (StripRig rig = new StripRig(directory)) {
      // given
      rig.send(traffic.records);
      rig.pump();
      rig.moveTo(StripRig.DEADLINE);
      rig.settle();
      Map<String, List<DetailRecord>> log = new TreeMap<>();
      traffic.records.forEach(
          record -> log.computeIfAbsent(place(record), any -> new ArrayList<>()).add(record));
      // when
      Set<String> matched = new TreeSet<>();
      Set<String> withheld = new TreeSet<>();
      int joined = 0;
      for (DetailRecord stolen : stolen(rig)) {
        List<DetailRecord> candidates = log.getOrDefault(place(stolen), List.of());
        joined += candidates.isEmpty() ? 0 : 1;
        Map<String, Object> told = leaves(stolen);
        for (DetailRecord candidate : candidates) {
          leaves(candidate)
              .forEach(
                  (path, value) -> (value.equals(told.get(path)) ? matched : withheld).add(path));
        }
        matched.addAll(told.keySet());
      }
      // then: times and accounts were kept on purpose, so the join finds its partners ...
      assertThat(joined).isEqualTo(RECORDS);
      // ... which tell each other what the profile keeps, and nothing else
      assertThat(matched).allMatch(StolenArchiveTest::isKept);
      assertThat(matched).contains("account", "started_at");
      assertThat(withheld)
          .contains("record_id", "submission.bulk_id", "legs.supplier_message_id")
          .anyMatch(path -> path.startsWith("submission.recipient"));
      assertThat(matched).noneMatch(path -> path.startsWith("submission.recipient"));
    }
  }

  private static boolean isKept(String path) {
    return StripProfile.DEFAULT.ruleOf(path).filter(rule -> rule != StripRule.DROP).isPresent();
  }

  private List<DetailRecord> stolen(StripRig rig) {
    StrippedOpener opener = new StrippedOpener();
    List<DetailRecord> all = new ArrayList<>();
    Set<String> accounts = new TreeSet<>();
    traffic.records.forEach(record -> accounts.add(record.getAccount()));
    for (String account : accounts) {
      Place after = null;
      do {
        RecordPage page = rig.finder.list(AccountId.of(account), 0, Long.MAX_VALUE / 2, after, 100);
        for (FoundRecord one : page.records()) {
          all.add(opener.open(((FoundRecord.Stripped) one).record()));
        }
        after = page.next();
      } while (after != null);
    }
    return all;
  }

  private static String place(DetailRecord record) {
    return record.getAccount() + " " + record.getStartedAt().getSeconds();
  }

  /** Values by their paths; of repeated fields all in one. Times are leaves. */
  private static Map<String, Object> leaves(Message message) {
    Map<String, Object> found = new TreeMap<>();
    leaves(message, "", found);
    return found;
  }

  private static void leaves(Message message, String prefix, Map<String, Object> found) {
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (value instanceof List<?> list) {
                list.forEach(one -> leaf(field, one, prefix, found));
              } else {
                leaf(field, value, prefix, found);
              }
            });
  }

  private static void leaf(
      FieldDescriptor field, Object value, String prefix, Map<String, Object> found) {
    String path = prefix + field.getName();
    if (value instanceof Message inner && !(value instanceof Timestamp)) {
      leaves(inner, path + ".", found);
    } else {
      found.merge(path, String.valueOf(value), (one, two) -> one + " " + two);
    }
  }
}
