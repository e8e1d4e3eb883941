package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vellum.core.record.Bytes;
import vellum.core.strip.ArchiveKey;

final class SecondGroupTest {

  private static byte[] key(int second, long mac) {
    byte[] key = new byte[ArchiveKey.BYTES];
    Bytes.putInt(key, ArchiveKey.BUCKET_OFFSET, 400_000);
    key[ArchiveKey.SECOND_OFFSET + 1] = (byte) second;
    Bytes.putLong(key, ArchiveKey.MAC_OFFSET, mac);
    return key;
  }

  @Test
  void shouldHandOnInOrderOfUnsignedMacs() {
    // given
    Random random = new Random(5);
    SecondGroup group = new SecondGroup();
    List<byte[]> keys = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      byte[] key = key(1, random.nextLong());
      keys.add(key);
      byte[] row = Arrays.copyOfRange(key, ArchiveKey.MAC_OFFSET, ArchiveKey.BYTES);
      assertThat(group.takes(key)).isTrue();
      group.add(key, row, 1 + i % 8);
    }
    // when
    List<byte[]> handed = new ArrayList<>();
    group.drain(
        (key, rows, offset, length) -> {
          assertThat(Arrays.copyOfRange(rows, offset, offset + length))
              .isEqualTo(Arrays.copyOfRange(key, 10, 10 + length));
          handed.add(key.clone());
        });
    // then
    keys.sort(Arrays::compareUnsigned);
    assertThat(handed).usingElementComparator(Arrays::compareUnsigned).isEqualTo(keys);
    assertThat(group.takes(key(2, 0))).isTrue();
  }

  @Test
  void shouldTakeOneSecondAtATime() {
    SecondGroup group = new SecondGroup();
    group.add(key(1, 5), new byte[1], 1);
    assertThat(group.takes(key(1, 6))).isTrue();
    assertThat(group.takes(key(2, 6))).isFalse();
  }

  @Test
  void shouldStopAtTwoRecordsOfOneKey() {
    SecondGroup group = new SecondGroup();
    group.add(key(1, 5), new byte[1], 1);
    group.add(key(1, 9), new byte[1], 1);
    group.add(key(1, 5), new byte[2], 2);
    assertThatThrownBy(() -> group.drain((key, rows, offset, length) -> {}))
        .isInstanceOfSatisfying(
            StripException.KeyCollision.class, e -> assertThat(e.recoverable()).isFalse());
  }
}
