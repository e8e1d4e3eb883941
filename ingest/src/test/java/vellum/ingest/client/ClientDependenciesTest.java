package vellum.ingest.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = {"vellum.ingest.client", "vellum.ingest.protocol", "vellum.ingest.tls"},
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ClientDependenciesTest {

  @ArchTest
  static final ArchRule SHOULD_BRING_NO_ENGINE_BUT_NETTY =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "javax.net.ssl..",
              "vellum.ingest.client",
              "vellum.ingest.protocol",
              "vellum.ingest.tls",
              "vellum.v1",
              "vellum.core.log",
              "vellum.core.record",
              "com.google.protobuf..",
              "io.netty..",
              "io.micrometer..",
              "com.github.luben.zstd..",
              "org.jspecify..",
              "org.slf4j..")
          .because("producers' processes load the client, and nothing of the store with it");

  @ArchTest
  static final ArchRule SHOULD_NOT_KNOW_THE_CLIENT =
      classes()
          .that()
          .resideInAPackage("vellum.ingest.protocol")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackage("vellum.ingest.client")
          .because("server and client share the protocol");
}
