package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vellum.core.strip.ArchiveKey;

final class RowDigestTest {

  private static final long LINK = 1_000;

  private final List<byte[]> keys = new ArrayList<>();
  private final List<byte[]> rows = new ArrayList<>();

  RowDigestTest() {
    Random random = new Random(11);
    for (int i = 0; i < 500; i++) {
      byte[] key = new byte[ArchiveKey.BYTES];
      key[ArchiveKey.SECOND_OFFSET] = (byte) (i / 7 >>> 8);
      key[ArchiveKey.SECOND_OFFSET + 1] = (byte) (i / 7);
      key[ArchiveKey.MAC_OFFSET] = (byte) (i % 7);
      keys.add(key);
      byte[] row = new byte[i == 250 ? 100_000 : random.nextInt(60)];
      random.nextBytes(row);
      rows.add(row);
    }
  }

  private byte[] whole() {
    RowDigest digest = new RowDigest(LINK);
    for (int i = 0; i < keys.size(); i++) {
      digest.add(keys.get(i), rows.get(i), 0, rows.get(i).length);
    }
    return digest.endLink();
  }

  @Test
  void shouldBeTheSameWhenStoppedAtAnyLink() {
    // given
    byte[] expected = whole();
    RowDigest digest = new RowDigest(LINK);
    int stops = 0;
    // when
    for (int i = 0; i < keys.size(); i++) {
      boolean newSecond = i > 0 && i % 7 == 0;
      if (newSecond && digest.isFull()) {
        digest = new RowDigest(LINK, digest.endLink());
        stops++;
      }
      digest.add(keys.get(i), rows.get(i), 0, rows.get(i).length);
    }
    // then
    assertThat(stops).isGreaterThan(5);
    assertThat(digest.endLink()).isEqualTo(expected);
  }

  @Test
  void shouldChangeWithEveryBit() {
    byte[] before = whole();
    rows.get(499)[0] ^= 1;
    assertThat(whole()).isNotEqualTo(before);
    rows.get(499)[0] ^= 1;
    rows.get(0)[0] ^= 1;
    assertThat(whole()).isNotEqualTo(before);
  }
}
