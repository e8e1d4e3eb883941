package vellum.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import vellum.core.record.AccountId;

final class AccountTest {

  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
  private static final Instant CHANGE = Instant.parse("2026-01-01T00:00:00Z");
  private static final String NUMBER = "+493023125000";

  @Test
  void shouldApplyTermsFromTheirInstantOn() {
    // given
    Account account = account(List.of(terms(CHANGE, "USD"), terms(START, "EUR")), List.of());
    // then
    assertThat(account.termsAt(Micros.of(START) - 1)).isNull();
    assertThat(account.termsAt(Micros.of(START)).currency()).isEqualTo("EUR");
    assertThat(account.termsAt(Micros.of(CHANGE) - 1).currency()).isEqualTo("EUR");
    assertThat(account.termsAt(Micros.of(CHANGE)).currency()).isEqualTo("USD");
  }

  @Test
  void shouldKnowItsSendersWithinTheirDates() {
    // given
    Instant again = Instant.parse("2026-06-01T00:00:00Z");
    Account account =
        account(
            List.of(terms(START, "EUR")),
            List.of(
                new BusinessSender(NUMBER, again, null),
                new BusinessSender(NUMBER, START, CHANGE)));
    // then
    assertThat(account.isBusinessSender(NUMBER, Micros.of(START) - 1)).isFalse();
    assertThat(account.isBusinessSender(NUMBER, Micros.of(START))).isTrue();
    assertThat(account.isBusinessSender(NUMBER, Micros.of(CHANGE) - 1)).isTrue();
    assertThat(account.isBusinessSender(NUMBER, Micros.of(CHANGE))).isFalse();
    assertThat(account.isBusinessSender(NUMBER, Micros.of(again))).isTrue();
    assertThat(account.isBusinessSender("+493023125001", Micros.of(again))).isFalse();
  }

  @Test
  void shouldRefuseSendersThatOverlap() {
    List<BusinessSender> overlapping =
        List.of(new BusinessSender(NUMBER, START, null), new BusinessSender(NUMBER, CHANGE, null));
    assertThatThrownBy(() -> new SenderInventory(overlapping, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("business_senders: one value is listed twice for 2026-01-01T00:00:00Z");
  }

  @Test
  void shouldRefuseAProxyNumberThatIsABusinessSender() {
    List<BusinessSender> senders = List.of(new BusinessSender(NUMBER, START, CHANGE));
    assertThatThrownBy(() -> new SenderInventory(senders, List.of("+4930111", NUMBER)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("proxy_numbers[1] is a business sender too: it must not be one")
        .hasMessageNotContaining(NUMBER);
    assertThatThrownBy(() -> new SenderInventory(List.of(), List.of(NUMBER, NUMBER)))
        .hasMessage("proxy_numbers[1] is listed twice");
  }

  @Test
  void shouldRefuseTermsThatOverlapOrAreMissing() {
    assertThatThrownBy(() -> account(List.of(terms(START, "EUR"), terms(START, "USD")), List.of()))
        .hasMessage("terms overlap: two apply from 2025-01-01T00:00:00Z");
    assertThatThrownBy(() -> account(List.of(), List.of()))
        .hasMessage("terms must have 1 to 1000 entries: 0");
  }

  @Test
  void shouldRefuseValuesByFieldAndBound() {
    assertThatThrownBy(() -> terms(START, "EURO")).hasMessageStartingWith("currency must be");
    assertThatThrownBy(() -> terms(START, "XXX")).hasMessageStartingWith("currency must be");
    assertThatThrownBy(() -> terms(Instant.MIN, "EUR"))
        .hasMessage("from must be in the years 1970 to 9999");
    assertThatThrownBy(() -> new ContentInstruction(3_654))
        .hasMessage("content_days must be 0 to 3653: 3654");
    assertThatThrownBy(() -> new BusinessSender(NUMBER, CHANGE, START))
        .hasMessageStartingWith("until must be after from");
    assertThatThrownBy(() -> Codes.country("law_country", "de"))
        .hasMessageStartingWith("law_country must be");
    assertThatThrownBy(() -> Codes.zone("billing_zone", "Mars/Olympus"))
        .hasMessageStartingWith("billing_zone must be");
    assertThatThrownBy(() -> Codes.id("id", "a\nb")).hasMessageContaining("control");
    List<BusinessSender> many =
        Collections.nCopies(
            SenderInventory.MAX_SENDERS + 1, new BusinessSender(NUMBER, START, null));
    assertThatThrownBy(() -> new SenderInventory(many, List.of()))
        .hasMessage("business_senders must have at most 100000 entries: 100001");
  }

  @Test
  void shouldTakeSendersInCanonicalFormOnly() {
    for (String good :
        List.of(NUMBER, "123", "123456", "SPREE", "Spree Bank1", "a.b@spree.example")) {
      assertThat(new BusinessSender(good, START, null).value()).isEqualTo(good);
    }
    for (String bad :
        List.of(
            "",
            "493023125000",
            "+049302312",
            "+1234567890123456",
            "12",
            "Spree Bank 12",
            "+49 30 23125000",
            "A@spree.example",
            "a@Spree.example",
            "a@",
            "a b@spree.example")) {
      assertThatThrownBy(() -> new BusinessSender(bad, START, null))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("value must be canonical");
    }
  }

  @Test
  void shouldAllocateNothingWhenAsked() {
    // given
    Account account =
        account(
            List.of(terms(START, "EUR"), terms(CHANGE, "USD")),
            List.of(new BusinessSender(NUMBER, START, null)));
    Registry registry = Registry.EMPTY.with(List.of(account), List.of());
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ask(registry, 100);
    // when
    long before = threads.getCurrentThreadAllocatedBytes();
    int found = ask(registry, 100_000);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    // then
    assertThat(found).isEqualTo(200_000);
    assertThat(allocated).isLessThan(10_000);
  }

  private static int ask(Registry registry, int times) {
    int found = 0;
    for (int i = 0; i < times; i++) {
      Account account = registry.account("spreebank");
      found += account.isBusinessSender(NUMBER, Micros.of(CHANGE) + i) ? 1 : 0;
      found += account.termsAt(Micros.of(CHANGE) + i) == null ? 0 : 1;
    }
    return found;
  }

  @Test
  void shouldKeepNumbersOutOfItsText() {
    Account account =
        account(List.of(terms(START, "EUR")), List.of(new BusinessSender(NUMBER, START, null)));
    assertThat(account.toString()).doesNotContain(NUMBER);
    assertThat(account.senders().senders().toString()).doesNotContain(NUMBER);
  }

  static AccountTerms terms(Instant from, String currency) {
    return new AccountTerms(
        from,
        ZoneId.of("Europe/Berlin"),
        currency,
        "DE",
        false,
        ContentInstruction.NOT_KEPT,
        false);
  }

  private static Account account(List<AccountTerms> terms, List<BusinessSender> senders) {
    return new Account(AccountId.of("spreebank"), terms, new SenderInventory(senders, List.of()));
  }
}
