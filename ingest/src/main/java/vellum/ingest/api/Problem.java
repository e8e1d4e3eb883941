package vellum.ingest.api;

import com.linecorp.armeria.common.HttpStatus;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import vellum.core.access.Role;

/**
 * A request that is answered with an error: a code for programs and a detail for people, which
 * names fields and bounds and never repeats a value. Without a stack trace: bad requests are an
 * expected outcome.
 */
final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient HttpStatus status;
  private final String code;
  private final transient List<String> roles;
  private final int retryAfterSeconds;

  Problem(HttpStatus status, String code, String detail) {
    this(status, code, detail, List.of(), isPassing(status) ? 1 : 0);
  }

  private Problem(
      HttpStatus status, String code, String detail, List<String> roles, int retryAfterSeconds) {
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
    this.roles = roles;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  private static boolean isPassing(HttpStatus status) {
    return status.equals(HttpStatus.TOO_MANY_REQUESTS)
        || status.equals(HttpStatus.SERVICE_UNAVAILABLE);
  }

  /**
   * The caller did something too often.
   *
   * @param what the bound; how long to wait is said behind it
   */
  static Problem tooMany(String code, String what, long waitMs) {
    int seconds = (int) Math.min(Integer.MAX_VALUE, (waitMs + 999) / 1_000);
    return new Problem(
        HttpStatus.TOO_MANY_REQUESTS, code, what + ": wait " + seconds + " s", List.of(), seconds);
  }

  static Problem bad(String code, String detail) {
    return new Problem(HttpStatus.BAD_REQUEST, code, detail);
  }

  static Problem notFound(String detail) {
    return new Problem(HttpStatus.NOT_FOUND, "NOT_FOUND", detail);
  }

  /** When to try again; 0 where that is no question of time. */
  int retryAfterSeconds() {
    return retryAfterSeconds;
  }

  /**
   * The caller has no role that is enough.
   *
   * @param sufficient roles each of which would be
   */
  static Problem forbidden(Set<Role> sufficient) {
    Set<Role> all = new TreeSet<>(sufficient);
    all.add(Role.ADMINISTRATOR);
    return forbidden("this needs one of the roles ", all);
  }

  /** The same where an administrator's is none of them. */
  static Problem forbiddenBut(Set<Role> sufficient) {
    return forbidden("this needs, of its own, one of the roles ", new TreeSet<>(sufficient));
  }

  private static Problem forbidden(String what, Set<Role> sufficient) {
    return new Problem(
        HttpStatus.FORBIDDEN,
        "FORBIDDEN",
        what + Role.texts(sufficient),
        sufficient.stream().map(Role::text).toList(),
        0);
  }

  HttpStatus status() {
    return status;
  }

  String code() {
    return code;
  }

  String detail() {
    return String.valueOf(getMessage());
  }

  /** Roles each of which would be enough; empty when it is not for want of a role. */
  List<String> roles() {
    return roles;
  }
}
