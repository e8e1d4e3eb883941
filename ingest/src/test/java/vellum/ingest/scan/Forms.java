package vellum.ingest.scan;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** A number and an address in every form in which they may leak, made by other means than ours. */
final class Forms {

  private Forms() {}

  /** Name of the form → its bytes, and under which form it is to be found. */
  record Canary(byte[] bytes, ByteForm form) {}

  static Map<String, Canary> of(String number, String mail) {
    Map<String, Canary> all = new LinkedHashMap<>();
    for (String text : new String[] {number, "+" + number, "00" + number, mail}) {
      byte[] ascii = text.getBytes(StandardCharsets.UTF_8);
      all.put("plain " + text, new Canary(ascii, ByteForm.PLAIN));
      all.put(
          "UTF-16LE " + text,
          new Canary(text.getBytes(StandardCharsets.UTF_16LE), ByteForm.UTF_16));
      all.put(
          "UTF-16BE " + text,
          new Canary(text.getBytes(StandardCharsets.UTF_16BE), ByteForm.UTF_16));
      all.put("hex " + text, new Canary(ascii(HexFormat.of().formatHex(ascii)), ByteForm.HEX));
      all.put(
          "HEX " + text,
          new Canary(ascii(HexFormat.of().withUpperCase().formatHex(ascii)), ByteForm.HEX));
      for (int before = 0; before < 3; before++) {
        byte[] padded =
            ("~~".substring(0, before == 0 ? 0 : before) + text).getBytes(StandardCharsets.UTF_8);
        String name = before + " " + text;
        all.put("base64 " + name, new Canary(Base64.getEncoder().encode(padded), ByteForm.BASE64));
        all.put(
            "base64 without padding " + name,
            new Canary(Base64.getUrlEncoder().withoutPadding().encode(padded), ByteForm.BASE64));
      }
    }
    all.put("capitals", new Canary(ascii(mail.toUpperCase(java.util.Locale.ROOT)), ByteForm.PLAIN));
    all.put(
        "reversed",
        new Canary(ascii(new StringBuilder(number).reverse().toString()), ByteForm.REVERSED));
    all.put("long word", new Canary(ascii("9876" + number), ByteForm.EMBEDDED));
    packed(all, number, "");
    packed(all, number, "F");
    return all;
  }

  private static void packed(Map<String, Canary> all, String number, String filler) {
    for (String before : new String[] {"", "A"}) {
      String digits = before + number + filler;
      String even = digits.length() % 2 == 0 ? digits : digits + "F";
      byte[] high = HexFormat.of().parseHex(even);
      byte[] low = new byte[high.length];
      for (int i = 0; i < low.length; i++) {
        low[i] = (byte) (high[i] << 4 | high[i] >> 4 & 0xF);
      }
      all.put("BCD " + before + filler, new Canary(high, ByteForm.BCD));
      all.put("TBCD " + before + filler, new Canary(low, ByteForm.TBCD));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
