package vellum.core.strip;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import vellum.core.crypto.YearMac;
import vellum.core.record.MonthId;
import vellum.core.seal.SealFixture;
import vellum.core.seal.SealedRecord;
import vellum.v1.DetailRecord;

/** Sealed records and a stripper over real keys in a directory. */
public final class StripFixture {

  public static final MonthId MONTH = MonthId.parse("2026-11.default");

  public final SealFixture seals;
  final YearMac mac;
  final RowStripper stripper;

  public StripFixture(Path directory) {
    this(directory, Set.of());
  }

  StripFixture(Path directory, Set<String> businessSenders) {
    seals = new SealFixture(directory, businessSenders);
    mac = seals.keys.key(MONTH.year()).newYearMac();
    stripper = new RowStripper(StripProfile.DEFAULT, mac);
  }

  public SealedRecord seal(DetailRecord record) {
    List<SealedRecord> records = SealFixture.records(seals.seal(record));
    if (records.size() != 1) {
      throw new AssertionError("the record was rejected");
    }
    return records.get(0);
  }

  StrippedRecord strip(DetailRecord record) {
    return strip(seal(record));
  }

  StrippedRecord strip(SealedRecord sealed) {
    return strip(sealed.key(), sealed.row());
  }

  public StrippedRecord strip(byte[] key, byte[] row) {
    stripper.strip(key, 0, row, 0, row.length);
    return new StrippedRecord(
        MONTH,
        stripper.key().clone(),
        Arrays.copyOf(stripper.row().bytes(), stripper.row().size()));
  }

  static DetailRecord open(StrippedRecord record) {
    return new StrippedOpener().open(record);
  }
}
