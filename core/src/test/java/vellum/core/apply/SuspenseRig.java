package vellum.core.apply;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vellum.core.journal.OwnStream;
import vellum.core.journal.OwnStreams;
import vellum.core.seal.SealEpochs;
import vellum.core.seal.SealFixture;
import vellum.core.seal.Suspended;
import vellum.core.seal.SuspenseCode;
import vellum.core.suspense.Corrections;
import vellum.core.suspense.Opening;
import vellum.core.suspense.SuspendedRow;
import vellum.core.suspense.SuspenseDesk;
import vellum.core.suspense.SuspenseFilter;
import vellum.core.suspense.SuspenseReader;
import vellum.core.suspense.WriteOffs;

/** The desk of suspense over a fixture: while it waits, journal and applier work. */
final class SuspenseRig {

  static final SuspenseFilter ALL = new SuspenseFilter(0, "", 0, Long.MAX_VALUE, Long.MAX_VALUE);

  private final ApplyFixture fixture;
  final SuspenseDesk desk;

  SuspenseRig(ApplyFixture fixture) {
    this.fixture = fixture;
    OwnStream own =
        new OwnStreams(
                fixture.journal,
                fixture.seal::judging,
                new SealEpochs(),
                () -> false,
                this::workAndTime)
            .open("suspense");
    desk =
        new SuspenseDesk(
            new SuspenseDesk.Ports(
                () -> own,
                fixture.seal::judging,
                new Opening(fixture.keys, fixture.contents, fixture.monthKeys::stripper),
                fixture.journal::forced,
                () -> fixture.applier.progress().sequence(),
                InstantSource.fixed(SealFixture.NOW),
                this::workAndTime,
                Duration.ofSeconds(20)),
            new SuspenseReader(fixture.months),
            new WriteOffs(fixture.control));
  }

  private long workAndTime() {
    fixture.work();
    return System.nanoTime();
  }

  List<SuspendedRow> rows() {
    List<SuspendedRow> rows = new ArrayList<>();
    desk.reader().all(ALL, rows::add);
    return rows;
  }

  List<Suspended> ids() {
    return rows().stream().map(SuspendedRow::at).toList();
  }

  /** Names of the codes of what is in suspense. */
  List<String> codes() {
    return rows().stream().map(row -> SuspenseCode.name(row.message().code())).toList();
  }

  SuspenseDesk.Outcome recycle(String... corrections) {
    return desk.recycle(ids(), corrections(corrections), false);
  }

  static Corrections corrections(String... set) {
    Map<String, String> values = new java.util.LinkedHashMap<>();
    for (String one : set) {
      values.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
    }
    return Corrections.of(values);
  }
}
