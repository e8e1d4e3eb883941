package vellum.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DigitsTest {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final Digits digits = new Digits();
  private final Output out = new Output(0);

  private String text() {
    String text = new String(out.bytes(), 0, out.size(), StandardCharsets.US_ASCII);
    out.clear();
    return text;
  }

  @Test
  void shouldWriteNumbersAsJavaDoes() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      digits.number(out, value);
      assertThat(text()).isEqualTo(Long.toString(value));
    }
    for (long power = 1; power > 0 && power <= 1_000_000_000_000_000_000L; power *= 10) {
      for (long value : new long[] {power - 1, power, power + 1, -power, 1 - power}) {
        digits.number(out, value);
        assertThat(text()).isEqualTo(Long.toString(value));
      }
      if (power == 1_000_000_000_000_000_000L) {
        break;
      }
    }
    for (long value : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, 2147483648L}) {
      digits.number(out, value);
      assertThat(text()).isEqualTo(Long.toString(value));
    }
  }

  @Test
  void shouldWriteTimesAsJavaDoes() {
    Random random = new Random(2);
    long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond() * 1_000_000;
    for (int i = 0; i < 50_000; i++) {
      long micros = random.nextLong(-last / 8, last);
      long near = micros + random.nextLong(2_000_000);
      for (long value : new long[] {micros, micros, near}) {
        digits.time(out, value);
        assertThat(text()).isEqualTo(TIME.format(Instant.EPOCH.plus(value, ChronoUnit.MICROS)));
      }
    }
  }

  @Test
  void shouldWriteTimestampsAsProtobufDoes() {
    Random random = new Random(3);
    long first = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    int[] units = {1, 1_000, 1_000_000, 1_000_000_000};
    for (int i = 0; i < 50_000; i++) {
      long second = i == 0 ? first : i == 1 ? last : random.nextLong(first, last + 1);
      int unit = units[i % units.length];
      int nanos = random.nextInt(1_000_000_000) / unit * unit;
      digits.timestamp(out, second, nanos);
      assertThat(text())
          .isEqualTo(
              Timestamps.toString(
                  Timestamp.newBuilder().setSeconds(second).setNanos(nanos).build()));
    }
  }

  @Test
  void shouldRefuseWhatIsNoTimestamp() {
    long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    long[][] wrong = {{last + 1, 0}, {-62_135_596_801L, 0}, {0, -1}, {0, 1_000_000_000}};
    for (long[] one : wrong) {
      assertThatThrownBy(() -> digits.timestamp(out, one[0], (int) one[1]))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(out.size()).isZero();
  }

  @Test
  void shouldWriteTimesOfYearsWithMoreDigits() {
    long micros = Instant.parse("+12345-06-07T08:09:10Z").getEpochSecond() * 1_000_000 + 11;
    digits.time(out, micros);
    assertThat(text()).isEqualTo("+12345-06-07T08:09:10.000011Z");
    digits.time(out, 0);
    assertThat(text()).isEqualTo("1970-01-01T00:00:00.000000Z");
  }
}
