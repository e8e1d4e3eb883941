package vellum.core.crypto;

import java.util.HexFormat;

/** Test vectors as their standards print them, spaces and all. */
final class Hex {

  private Hex() {}

  static byte[] bytes(String... lines) {
    return HexFormat.of().parseHex(String.join("", lines).replaceAll("\\s", ""));
  }

  static String text(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
