package vellum.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HashTreeTest {

  /** Leaves and roots of the tests of Certificate Transparency's reference implementation. */
  private static final List<String> LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  @Test
  void shouldHaveTheRootsOfTheReference() {
    HashTree tree = new HashTree();
    assertThat(HexFormat.of().formatHex(tree.root())).isEqualTo(ROOTS.get(0));
    for (int i = 0; i < LEAVES.size(); i++) {
      tree.add(HashTree.leaf(HexFormat.of().parseHex(LEAVES.get(i))));
      assertThat(tree.size()).isEqualTo(i + 1);
      assertThat(HexFormat.of().formatHex(tree.root()))
          .as("size " + (i + 1))
          .isEqualTo(ROOTS.get(i + 1));
    }
  }

  @Test
  void shouldHaveTheRootThatTheStandardDefines() {
    // given: the recursive definition of RFC 6962, section 2.1, over random leaves
    Random random = new Random(7);
    List<byte[]> leaves = new ArrayList<>();
    HashTree tree = new HashTree();
    for (int size = 1; size <= 130; size++) {
      byte[] leaf = new byte[HashTree.HASH_BYTES];
      random.nextBytes(leaf);
      leaves.add(leaf);
      // when
      tree.add(leaf);
      // then
      assertThat(tree.root()).as("size " + size).isEqualTo(defined(leaves));
    }
  }

  private static byte[] defined(List<byte[]> leaves) {
    if (leaves.size() == 1) {
      return leaves.get(0);
    }
    int left = Integer.highestOneBit(leaves.size() - 1);
    HashTree two = new HashTree();
    two.add(defined(leaves.subList(0, left)));
    two.add(defined(leaves.subList(left, leaves.size())));
    return two.root();
  }

  @Test
  void shouldGoOnFromItsStateAndLeaveACopyAlone() {
    // given
    HashTree tree = new HashTree();
    for (int i = 0; i < 13; i++) {
      tree.add(HashTree.leaf(new byte[] {(byte) i}));
    }
    byte[] before = tree.root();
    // when
    HashTree again = new HashTree(tree.size(), tree.full());
    HashTree copy = tree.copy();
    copy.add(HashTree.leaf(new byte[] {99}));
    // then
    assertThat(again.root()).isEqualTo(before);
    assertThat(tree.root()).isEqualTo(before);
    again.add(HashTree.leaf(new byte[] {99}));
    assertThat(again.root()).isEqualTo(copy.root()).isNotEqualTo(before);
    assertThatThrownBy(() -> new HashTree(3, tree.full()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
