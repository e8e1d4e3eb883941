package vellum.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** The rules of the house that code can keep. */
@AnalyzeClasses(packages = "vellum.ingest", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices()
          .matching("vellum.ingest.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a reader must be able to understand one package before the next");

  @ArchTest
  static final ArchRule packagesDependInOneDirection =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("cli")
          .definedBy("vellum.ingest.cli")
          .layer("node")
          .definedBy("vellum.ingest.node")
          .layer("demo")
          .definedBy("vellum.ingest.demo")
          .layer("scan")
          .definedBy("vellum.ingest.scan")
          .layer("export")
          .definedBy("vellum.ingest.export")
          .layer("endpoint")
          .definedBy("vellum.ingest.endpoint")
          .layer("metrics")
          .definedBy("vellum.ingest.metrics")
          .layer("api")
          .definedBy("vellum.ingest.api")
          .layer("server")
          .definedBy("vellum.ingest.server")
          .layer("client")
          .definedBy("vellum.ingest.client")
          .layer("tls")
          .definedBy("vellum.ingest.tls")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("node")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("demo")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("scan")
          .mayOnlyBeAccessedByLayers("cli", "demo")
          .whereLayer("export")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("endpoint")
          .mayOnlyBeAccessedByLayers("cli", "demo", "export")
          .whereLayer("metrics")
          .mayOnlyBeAccessedByLayers("node")
          .whereLayer("api")
          .mayOnlyBeAccessedByLayers("node", "metrics")
          .whereLayer("server")
          .mayOnlyBeAccessedByLayers("node")
          .whereLayer("client")
          .mayOnlyBeAccessedByLayers("endpoint", "demo", "cli")
          .whereLayer("tls")
          .mayOnlyBeAccessedByLayers("api", "server", "client", "endpoint", "node", "cli")
          .because("the command line composes, the server does not know who calls it");

  @ArchTest
  static final ArchRule nettyStaysWithTheSockets =
      noClasses()
          .that()
          .resideInAnyPackage(
              "vellum.ingest.importer",
              "vellum.ingest.endpoint",
              "vellum.ingest.export",
              "vellum.ingest.terminal",
              "vellum.ingest.demo",
              "vellum.ingest.scan",
              "vellum.ingest.cli")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..")
          .because("sockets have their homes: the protocol, and Armeria's event loops in api");

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
  static final ArchRule onlyTheNodeKnowsTheLoggingLibrary =
      noClasses()
          .that()
          .resideOutsideOfPackage("vellum.ingest.node")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ch.qos.logback..")
          .because("everybody else speaks to SLF4J");

  @ArchTest
  static final ArchRule noEngineOfTheCoreIsUsedHere =
      noClasses()
          .that()
          .resideOutsideOfPackage("vellum.ingest.node")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.rocksdb..", "net.openhft..", "org.bouncycastle..")
          .because("engines are the core's; the node only checks that their natives load");

  @ArchTest
  static final ArchRule onlyTheNodeStartsThreadsOfTheServer =
      noClasses()
          .that()
          .resideInAnyPackage(
              "vellum.ingest.server",
              "vellum.ingest.api",
              "vellum.ingest.client",
              "vellum.ingest.protocol",
              "vellum.ingest.importer",
              "vellum.ingest.endpoint",
              "vellum.ingest.export",
              "vellum.ingest.tls",
              "vellum.ingest.scan")
          .should()
          .callConstructor(Thread.class, Runnable.class)
          .orShould()
          .callConstructor(Thread.class, Runnable.class, String.class)
          .orShould()
          .callMethod(Thread.class, "start")
          .because("threads come in from outside");

  @ArchTest
  static final ArchRule theClientNeedsNoStore =
      noClasses()
          .that()
          .resideInAnyPackage("vellum.ingest.client", "vellum.ingest.protocol", "vellum.ingest.tls")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "vellum.core.store..",
              "vellum.core.journal..",
              "vellum.core.period..",
              "vellum.core.apply..",
              "vellum.core.crypto..",
              "vellum.core.seal..")
          .because("a producer's class path holds no RocksDB and no Chronicle");
}
