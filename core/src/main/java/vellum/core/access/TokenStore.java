package vellum.core.access;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import vellum.core.record.Bytes;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;

/**
 * The tokens of a server, in the control store by their hashes, and their picture in memory. A
 * change is durable before it counts. Thread-safe: changes come one after the other, looking one up
 * never waits.
 *
 * <pre>
 *   key    0  i64  number of the token, from 1
 *   value  JSON: hash (hex), name, roles, accounts, created_at, created_by, expires_at, revoked
 * </pre>
 */
public final class TokenStore {

  public static final Table TABLE = new Table("tokens", Long.BYTES, Table.Shape.SMALL);

  /** Tokens that are kept at most, with those that have ended. */
  public static final int MOST = 10_000;

  /** Name of the token that a first start makes. */
  public static final String FIRST = "administrator";

  /** Who made that token. */
  static final String BY_START = "first start";

  /** How long a token that has ended is still listed. */
  private static final Duration REMEMBERED = Duration.ofDays(366);

  private final Store control;
  private final InstantSource clock;
  private final SecureRandom random;
  private volatile Picture picture;

  /**
   * All tokens at a moment.
   *
   * @param byHash by the first eight bytes of their hashes
   */
  private record Picture(Map<Long, TokenRow> byHash, NavigableMap<Long, TokenRow> byNumber) {

    static Picture of(NavigableMap<Long, TokenRow> rows) {
      Map<Long, TokenRow> byHash = new HashMap<>();
      rows.values().forEach(row -> byHash.put(Bytes.getLong(row.hash(), 0), row));
      return new Picture(byHash, rows);
    }
  }

  /** A token that was just made: the only time that it is shown. */
  public record Made(Token token, String text) {
    @Override
    public String toString() {
      return "Made[" + token + "]";
    }
  }

  /** Whose token it was, and which. */
  record Found(Principal who, long number) {}

  /**
   * Reads all rows.
   *
   * @param control opened with {@link #TABLE}, synced; not closed by this
   */
  public TokenStore(Store control, InstantSource clock, SecureRandom random) {
    this.control = control;
    this.clock = clock;
    this.random = random;
    NavigableMap<Long, TokenRow> rows = new TreeMap<>();
    try (Scan scan = control.scan(TABLE, Bytes.ofLong(0), Bytes.ofLong(Long.MAX_VALUE))) {
      while (scan.next()) {
        long number = Bytes.getLong(scan.key(), 0);
        rows.put(number, TokenRow.read(number, scan.value()));
      }
    }
    this.picture = Picture.of(rows);
  }

  /**
   * Whose token a text is, if it is good now. What leads to the row is a hash that nobody can aim
   * at, the rest of it is compared in constant time.
   */
  Optional<Found> find(String text) {
    byte[] hash = TokenText.hash(text);
    TokenRow row = picture.byHash.get(Bytes.getLong(hash, 0));
    if (row == null
        || !MessageDigest.isEqual(row.hash(), hash)
        || row.token().state(clock.instant()) != Token.State.GOOD) {
      return Optional.empty();
    }
    return Optional.of(new Found(row.token().principal(), row.token().number()));
  }

  /** Whether a token is still good. */
  boolean isGood(long number) {
    TokenRow row = picture.byNumber.get(number);
    return row != null && row.token().state(clock.instant()) == Token.State.GOOD;
  }

  /** Whether anybody has a good token. */
  public boolean hasGood() {
    Instant now = clock.instant();
    return picture.byNumber.values().stream()
        .anyMatch(row -> row.token().state(now) == Token.State.GOOD);
  }

  /** All that are kept, also those that have ended, by their numbers. */
  public List<Token> all() {
    return picture.byNumber.values().stream().map(TokenRow::token).toList();
  }

  /** What time it is for tokens. */
  public Instant now() {
    return clock.instant();
  }

  /**
   * Makes a token.
   *
   * @param by name of who asks for it
   * @throws AccessException.Invalid when it would be over already, or be good for too long
   * @throws AccessException.TooMany when no more are kept
   */
  public synchronized Made create(TokenRequest request, String by) {
    Instant now = clock.instant();
    if (!now.isBefore(request.expiresAt())) {
      throw new AccessException.Invalid("the token would have expired already");
    }
    if (!request.expiresAt().equals(Instant.MAX)
        && request.expiresAt().isAfter(now.plus(TokenRequest.LONGEST_LIFE))) {
      throw new AccessException.Invalid(
          "a token is good for at most "
              + TokenRequest.LONGEST_LIFE.toDays()
              + " days, or never ends");
    }
    String text = TokenText.make(random);
    return new Made(add(text, request, by, now, List.of()), text);
  }

  /**
   * @param changed rows of others that change with it
   */
  private Token add(
      String text, TokenRequest request, String by, Instant now, List<TokenRow> changed) {
    NavigableMap<Long, TokenRow> rows = new TreeMap<>(picture.byNumber);
    StoreBatch batch = control.batch();
    changed.forEach(row -> put(row, rows, batch));
    long number = rows.isEmpty() ? 1 : rows.lastKey() + 1;
    forget(rows, batch, now.minus(REMEMBERED));
    if (rows.size() >= MOST) {
      throw new AccessException.TooMany(MOST);
    }
    Token token =
        new Token(
            number,
            request.name(),
            request.roles(),
            request.accounts(),
            now.truncatedTo(ChronoUnit.MILLIS),
            by,
            request.expiresAt(),
            null);
    put(new TokenRow(TokenText.hash(text), token), rows, batch);
    control.write(batch);
    picture = Picture.of(rows);
    return token;
  }

  /**
   * Takes out what ended long ago, but for the newest, whose number must not come again, and for
   * what a start made: as long as its file is there, it must be known to be revoked.
   */
  private static void forget(NavigableMap<Long, TokenRow> rows, StoreBatch batch, Instant before) {
    List<Long> old = new ArrayList<>();
    rows.headMap(rows.isEmpty() ? 0L : rows.lastKey(), false)
        .forEach(
            (number, row) -> {
              boolean isOld = row.token().end().isBefore(before);
              if (isOld && !row.token().createdBy().equals(BY_START)) {
                old.add(number);
              }
            });
    old.forEach(
        number -> {
          rows.remove(number);
          batch.delete(TABLE, Bytes.ofLong(number));
        });
  }

  /**
   * Ends a token at once: the next request with it is refused, and its connections are closed.
   *
   * @param by name of who asks for it
   * @throws AccessException.NoSuchToken when there is none of that number
   * @throws AccessException.AlreadyOver when it has ended before
   * @throws AccessException.LastAdministrator when nobody else could manage tokens
   */
  public synchronized Token revoke(long number, String by, String reason) {
    TokenRow row = revocable(number);
    Token revoked =
        row.token()
            .revoked(
                new Token.Revocation(clock.instant().truncatedTo(ChronoUnit.MILLIS), by, reason));
    NavigableMap<Long, TokenRow> rows = new TreeMap<>(picture.byNumber);
    StoreBatch batch = control.batch();
    put(row.with(revoked), rows, batch);
    control.write(batch);
    picture = Picture.of(rows);
    return revoked;
  }

  /** The token that a revocation would end; throws what {@link #revoke} would. */
  public Token wouldRevoke(long number) {
    return revocable(number).token();
  }

  private TokenRow revocable(long number) {
    TokenRow row = picture.byNumber.get(number);
    if (row == null) {
      throw new AccessException.NoSuchToken(number);
    }
    Instant now = clock.instant();
    if (row.token().state(now) != Token.State.GOOD) {
      throw new AccessException.AlreadyOver(number);
    }
    boolean others =
        picture.byNumber.values().stream()
            .map(TokenRow::token)
            .anyMatch(token -> token.number() != number && managesForEver(token));
    if (managesForEver(row.token()) && !others) {
      throw new AccessException.LastAdministrator();
    }
    return row;
  }

  private static boolean managesForEver(Token token) {
    return token.roles().contains(Role.ADMINISTRATOR)
        && token.revocation() == null
        && token.expiresAt().equals(Instant.MAX);
  }

  /**
   * Makes the token of the data directory's file known, as an administrator's, unless it is known,
   * good or revoked. Whoever can write that directory may do everything anyway. One that was in the
   * file before is revoked.
   */
  public synchronized void keepFirst(String text) {
    byte[] hash = TokenText.hash(text);
    TokenRow known = picture.byHash.get(Bytes.getLong(hash, 0));
    if (known != null && MessageDigest.isEqual(known.hash(), hash)) {
      return;
    }
    Instant now = clock.instant();
    List<TokenRow> former =
        picture.byNumber.values().stream()
            .filter(row -> row.token().createdBy().equals(BY_START))
            .filter(row -> row.token().revocation() == null)
            .map(
                row ->
                    row.with(
                        row.token()
                            .revoked(
                                new Token.Revocation(
                                    now.truncatedTo(ChronoUnit.MILLIS),
                                    BY_START,
                                    "another one is in the data directory"))))
            .toList();
    TokenRequest request =
        new TokenRequest(FIRST, Set.of(Role.ADMINISTRATOR), AccountScope.EVERY, Instant.MAX);
    // Both or neither: a former one that stayed good would stay so for ever.
    add(text, request, BY_START, now, former);
  }

  private static void put(TokenRow row, Map<Long, TokenRow> rows, StoreBatch batch) {
    batch.put(TABLE, Bytes.ofLong(row.token().number()), row.write());
    rows.put(row.token().number(), row);
  }
}
