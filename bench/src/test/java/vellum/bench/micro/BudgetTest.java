package vellum.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import vellum.ingest.terminal.Paint;

final class BudgetTest {

  private static final Offset<Double> EXACT = within(1e-9);

  private final Map<String, Measured> measured =
      new HashMap<>(
          Map.of(
              "A.cut", new Measured(40, 80, 1),
              "B.seal", new Measured(50, 60, 0),
              "C.part", new Measured(7, 7, 7),
              "D.whole", new Measured(300, 600, 9),
              "LimitBenchmark.aesBlocks", new Measured(2, 4, 0),
              "LimitBenchmark.aesChained", new Measured(20, 40, 0),
              "LimitBenchmark.copy", new Measured(100, 200, 0),
              "LimitBenchmark.crc", new Measured(60, 120, 0),
              "LimitBenchmark.disk", new Measured(10, 1000, 0)));

  private final List<Step> steps =
      List.of(
          new Step(Step.Kind.STEP, "cut", "A.cut", 1, Work.copyAndSum(512)),
          new Step(Step.Kind.STEP, "seal", "B.seal", 2.5, Work.chained(3)),
          new Step(Step.Kind.PART, "part", "C.part", 1, Work.NONE),
          new Step(Step.Kind.WHOLE, "whole", "D.whole", 1, Work.NONE));

  @Test
  void shouldAddUpStepsAndNothingElse() {
    // given
    Budget budget = new Budget(measured, steps);

    // when
    Measured sum = budget.sum();

    // then 40 + 2.5 × 50, 80 + 2.5 × 60, 1 + 2.5 × 0: neither the part nor the whole
    assertThat(sum).isEqualTo(new Measured(165, 230, 1));
    assertThat(budget.missing()).isZero();
  }

  @Test
  void shouldSayHowManyStepsTheSumLacks() {
    // given
    measured.remove("B.seal");
    measured.remove("C.part");

    // when
    Budget budget = new Budget(measured, steps);

    // then
    assertThat(budget.missing()).isEqualTo(1);
    assertThat(budget.sum()).isEqualTo(new Measured(40, 80, 1));
  }

  @Test
  void shouldTakeTheLimitFromWhatTheMachineDoesAtBest() {
    // given
    Work.Limits limits = new Work.Limits(2, 20, 100, 60, 1000);

    // then
    assertThat(Work.copyAndSum(512).nanos(limits)).isEqualTo(80, EXACT);
    assertThat(Work.chained(3).nanos(limits)).isEqualTo(60, EXACT);
    assertThat(Work.blocks(3).nanos(limits)).isEqualTo(6, EXACT);
    // the disk works beside the processor: the longer of the two
    assertThat(new Work(0, 0, 512, 512, 1024).nanos(limits)).isEqualTo(1000, EXACT);
    assertThat(new Work(0, 0, 20_480, 0, 1024).nanos(limits)).isEqualTo(2000, EXACT);
  }

  @Test
  void shouldPrintTheSumBeforeTheWhole() {
    // given
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    // when
    new Budget(measured, steps)
        .table()
        .print(new PrintStream(out, true, StandardCharsets.UTF_8), new Paint(false));

    // then
    assertThat(out.toString(StandardCharsets.UTF_8).lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "a record CPU ns elapsed ns bytes allocated at best ns",
            "cut 40 80 1.0 80",
            "seal 125 150 0.0 60",
            " of it: part 7.0 7.0 7.0",
            "sum of the steps 165 230 1.0 140",
            "whole 300 600 9.0");
  }

  @Test
  void shouldLeaveTheLimitOpenWhereNoneWasMeasured() {
    // given
    measured.keySet().removeIf(name -> name.startsWith("Limit"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    // when
    new Budget(measured, steps)
        .table()
        .print(new PrintStream(out, true, StandardCharsets.UTF_8), new Paint(false));

    // then
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("seal").doesNotContain("NaN");
  }

  @Test
  void shouldTakeTheMiddleOfIterations() {
    assertThat(Measured.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
    assertThat(Measured.median(List.of(4.0, 8.0))).isEqualTo(4);
    assertThat(Measured.median(List.of())).isNaN();
  }

  @Test
  void shouldCountWhatATrafficRecordHas() {
    // when
    Density density = Density.ofTraffic();

    // then
    assertThat(density.messageBytes()).isBetween(400.0, 520.0);
    assertThat(density.rowBytes()).isBetween(200.0, density.messageBytes());
    assertThat(density.bodyBytes()).isGreaterThan(density.rowBytes() + 24);
    assertThat(density.identities()).isBetween(1.0, 2.0);
    assertThat(density.texts()).isBetween(0.1, 1.0);
  }
}
