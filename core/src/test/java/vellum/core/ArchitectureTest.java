package vellum.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;

/** The rules of the house that code can keep. */
@AnalyzeClasses(packages = "vellum.core", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices()
          .matching("vellum.core.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a reader must be able to understand one package before the next");

  @ArchTest
  static final ArchRule packagesDependInOneDirection =
      layers(
              new Layer("record", ""),
              new Layer("store", "record"),
              new Layer("crypto", "record"),
              new Layer("envelope", "record crypto"),
              new Layer("disclosure", "record crypto seal envelope"),
              new Layer("audit", "record store crypto"),
              new Layer("access", "record store"),
              new Layer("casefile", "record store crypto audit access"),
              new Layer("registry", "record store"),
              new Layer("policy", "record store access registry seal"),
              new Layer("seal", "record crypto registry"),
              new Layer("strip", "record crypto seal"),
              new Layer("journal", "record seal"),
              new Layer("billing", "record seal"),
              new Layer("period", "record store crypto seal strip billing"),
              new Layer("apply", "record store crypto seal strip billing journal period"),
              new Layer(
                  "retention",
                  "record store crypto audit registry policy seal strip billing journal period"
                      + " apply"),
              new Layer(
                  "hold",
                  "record store crypto audit access casefile seal strip billing journal period apply"
                      + " retention"),
              new Layer(
                  "settlement",
                  "record store crypto registry seal strip billing journal period apply retention"),
              new Layer(
                  "suspense",
                  "record store crypto registry seal strip billing journal period apply settlement"),
              new Layer(
                  "rerating",
                  "record store crypto registry seal strip billing journal period apply settlement"),
              new Layer(
                  "search", "record store crypto casefile policy seal strip period retention"),
              new Layer(
                  "order",
                  "record store crypto audit casefile policy seal period retention search envelope"
                      + " disclosure"),
              new Layer(
                  "subject",
                  "record store crypto audit access casefile policy seal strip billing journal period apply"
                      + " retention search envelope disclosure"),
              new Layer("export", "record store seal strip billing period apply settlement"))
          .because("a record goes one way: sealed, journaled, applied, billed");

  /** A package and those that it may know, as words. */
  private record Layer(String name, String below) {}

  private static LayeredArchitecture layers(Layer... all) {
    LayeredArchitecture rule =
        layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
    for (Layer layer : all) {
      rule = rule.layer(layer.name()).definedBy("vellum.core." + layer.name());
    }
    for (Layer layer : all) {
      rule =
          layer.below().isEmpty()
              ? rule.whereLayer(layer.name()).mayNotAccessAnyLayer()
              : rule.whereLayer(layer.name()).mayOnlyAccessLayers(layer.below().split(" "));
    }
    return rule;
  }

  @ArchTest
  static final ArchRule everyLogLineNamesItsEvent =
      noClasses()
          .should()
          .callMethodWhere(
              DescribedPredicate.describe(
                  "log without an event",
                  (JavaMethodCall call) ->
                      call.getTargetOwner().getName().equals("org.slf4j.Logger")
                          && Set.of("debug", "info", "warn", "error").contains(call.getName())
                          && !call.getTarget()
                              .getRawParameterTypes()
                              .get(0)
                              .getName()
                              .equals("org.slf4j.Marker")))
          .because("programs read codes: LOG.warn(Event.NODE_READY.code(), ...)");

  @ArchTest
  static final ArchRule onlyStoreKnowsRocksDb =
      noClasses()
          .that()
          .resideOutsideOfPackage("vellum.core.store")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.rocksdb..")
          .because("a cluster's store comes behind the same port");

  @ArchTest
  static final ArchRule onlyJournalKnowsChronicle =
      noClasses()
          .that()
          .resideOutsideOfPackage("vellum.core.journal")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("net.openhft..")
          .because("a cluster's journal comes behind the same port");

  @ArchTest
  static final ArchRule onlyExportKnowsParquet =
      noClasses()
          .that()
          .resideOutsideOfPackage("vellum.core.export")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.parquet..")
          .because("a format of files is no form of records");

  @ArchTest
  static final ArchRule onlyCryptoKnowsBouncyCastle =
      noClasses()
          .that()
          .resideOutsideOfPackages("vellum.core.crypto", "vellum.core.envelope")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bouncycastle..")
          .because("what seals is reviewed in one place");

  @ArchTest
  static final ArchRule nothingInCoreKnowsNetty =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..")
          .because("core has no sockets");

  @ArchTest
  static final ArchRule enginesStayInsideTheirPackages =
      classes()
          .that()
          .arePublic()
          .and()
          .resideInAnyPackage(
              "vellum.core.store",
              "vellum.core.journal",
              "vellum.core.crypto",
              "vellum.core.envelope")
          .should(PublicSignatures.nameNoEngine())
          .because("a public signature is a promise, and no engine is one");

  @ArchTest
  static final ArchRule timeIsInjected =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .because("twelve months must pass in a test in a millisecond");

  @ArchTest
  static final ArchRule threadsAreInjected =
      noClasses()
          .should()
          .callConstructor(Thread.class)
          .orShould()
          .callConstructor(Thread.class, Runnable.class)
          .orShould()
          .callConstructor(Thread.class, Runnable.class, String.class)
          .orShould()
          .callMethod(Thread.class, "start")
          .because("only the composition root starts threads");

  @ArchTest
  static final ArchRule chronicleIsNeverAskedToSync =
      noClasses()
          .should()
          .callMethod(net.openhft.chronicle.queue.ExcerptAppender.class, "sync")
          .orShould()
          .callMethod(net.openhft.chronicle.queue.ExcerptAppender.class, "pretouch")
          .because(
              "sync() forces nothing by default and only a part when it does; pretouch() recurses"
                  + " for ever in the open-source edition");
}
