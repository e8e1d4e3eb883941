package vellum.core.record;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An IP address as text, in the one spelling under which it is indexed. Literals only: no name is
 * ever looked up. Stateless.
 */
public final class IpAddress {

  /** Longest text of an address (RFC 4291 section 2.2, with an IPv4 tail). */
  public static final int MAX_CHARS = 45;

  private static final Pattern V4 =
      Pattern.compile("(0|[1-9][0-9]{0,2})(?:\\.(0|[1-9][0-9]{0,2})){3}");

  /** Of what begins like this, the platform looks up nothing: it is a literal or an error. */
  private static final Pattern V6 = Pattern.compile("(?=[^:]*:)[0-9a-fA-F:][0-9a-fA-F:.]+");

  private IpAddress() {}

  /**
   * The canonical text, or null when it is no address: four decimal numbers, also of an IPv4
   * address that is mapped into IPv6, or eight lower-case hexadecimal groups.
   */
  public static @Nullable String canonical(String text) {
    if (text.length() > MAX_CHARS) {
      return null;
    }
    Matcher v4 = V4.matcher(text);
    if (v4.matches()) {
      return isBytes(text) ? text : null;
    }
    if (!V6.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(text).getHostAddress();
    } catch (UnknownHostException notAnAddress) {
      return null;
    }
  }

  private static boolean isBytes(String v4) {
    for (String part : v4.split("\\.", -1)) {
      if (Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }
}
