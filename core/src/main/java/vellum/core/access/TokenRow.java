package vellum.core.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A token with the hash by which it is known, as its row in the control store has it. Immutable.
 *
 * @param hash SHA-256 of the token
 */
record TokenRow(byte[] hash, Token token) {

  private static final ObjectMapper JSON = new ObjectMapper();

  TokenRow with(Token other) {
    return new TokenRow(hash, other);
  }

  byte[] write() {
    ObjectNode node = JSON.createObjectNode();
    node.put("hash", HexFormat.of().formatHex(hash)).put("name", token.name());
    token.roles().stream().sorted().map(Role::text).forEach(node.putArray("roles")::add);
    new TreeSet<>(token.accounts().ids()).forEach(node.putArray("accounts")::add);
    node.put("created_at", token.createdAt().toString()).put("created_by", token.createdBy());
    if (!token.expiresAt().equals(Instant.MAX)) {
      node.put("expires_at", token.expiresAt().toString());
    }
    Token.Revocation revoked = token.revocation();
    if (revoked != null) {
      node.putObject("revoked")
          .put("at", revoked.at().toString())
          .put("by", revoked.by())
          .put("reason", revoked.reason());
    }
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  static TokenRow read(long number, byte[] value) {
    JsonNode node = parse(value);
    Set<Role> roles = EnumSet.noneOf(Role.class);
    node.path("roles").forEach(role -> roles.add(Role.of(role.asText())));
    Set<String> accounts = new TreeSet<>();
    node.path("accounts").forEach(account -> accounts.add(account.asText()));
    return new TokenRow(
        HexFormat.of().parseHex(node.path("hash").asText()),
        new Token(
            number,
            node.path("name").asText(),
            roles,
            new AccountScope(accounts),
            Instant.parse(node.path("created_at").asText()),
            node.path("created_by").asText(),
            node.has("expires_at") ? Instant.parse(node.path("expires_at").asText()) : Instant.MAX,
            revocation(node.get("revoked"))));
  }

  private static Token.@Nullable Revocation revocation(@Nullable JsonNode node) {
    return node == null
        ? null
        : new Token.Revocation(
            Instant.parse(node.path("at").asText()),
            node.path("by").asText(),
            node.path("reason").asText());
  }

  private static JsonNode parse(byte[] value) {
    try {
      return JSON.readTree(value);
    } catch (IOException e) {
      throw new UncheckedIOException("a token of the control store cannot be read", e);
    }
  }
}
