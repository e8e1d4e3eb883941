package vellum.ingest.node;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a node may listen where its settings say. At a loopback address anybody of the machine
 * may knock, and the first start makes a token; anywhere else nothing is opened without TLS and
 * without somebody who could be let in. Stateless.
 */
final class Exposure {

  private Exposure() {}

  /** Whether everything listens at loopback addresses only. */
  static boolean isLocal(NodeConfig config) {
    return isLoopback(config.ingest().host()) && isLoopback(config.http().host());
  }

  /**
   * Refuses to open what must not be.
   *
   * @param tls whether both servers speak TLS
   * @param callers whether a token is good, or a certificate is known
   * @throws NodeException.NotFit naming each setting and what is missing
   */
  static void check(NodeConfig config, boolean tls, boolean callers) {
    List<String> problems = problems(config, tls, callers);
    if (!problems.isEmpty()) {
      throw new NodeException.NotFit(problems);
    }
  }

  /** What would be refused, each naming a setting and what is missing. */
  static List<String> problems(NodeConfig config, boolean tls, boolean callers) {
    List<String> problems = new ArrayList<>();
    check("ingest.host", config.ingest().host(), tls, problems);
    check("http.host", config.http().host(), tls, problems);
    if (!isLocal(config) && !callers) {
      problems.add(
          "nobody could be let in: no token is good and access.certificates names nobody. Start once"
              + " at 127.0.0.1 and make one with: vellum token create");
    }
    return problems;
  }

  private static void check(String setting, String host, boolean tls, List<String> problems) {
    if (!tls && !isLoopback(host)) {
      problems.add(
          setting
              + " is "
              + host
              + ", which others can reach, and TLS is off: tokens and identities would cross the"
              + " network in clear. Set tls.certificate and tls.key, or listen at 127.0.0.1");
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // Listening will say what is wrong with it.
    }
  }
}
