package dev.broot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** One direction of data flow: each room imports only rooms to its left. */
@AnalyzeClasses(packages = "dev.broot", importOptions = ImportOption.DoNotIncludeTests.class)
class FencesTest {
  @ArchTest
  static final ArchRule ROOMS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("shipped")
          .definedBy("dev.broot.shipped")
          .layer("host")
          .definedBy("dev.broot.host")
          .layer("diagnostic")
          .definedBy("dev.broot.diagnostic")
          .layer("syntax")
          .definedBy("dev.broot.syntax")
          .layer("ir")
          .definedBy("dev.broot.ir")
          .layer("permission")
          .definedBy("dev.broot.permission")
          .layer("plan")
          .definedBy("dev.broot.plan")
          .layer("translate")
          .definedBy("dev.broot.translate")
          .layer("script")
          .definedBy("dev.broot.script")
          .layer("run")
          .definedBy("dev.broot.run")
          .layer("cli")
          .definedBy("dev.broot.cli")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("run")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("translate")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("script")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("permission")
          .mayOnlyBeAccessedByLayers("run", "cli")
          .whereLayer("plan")
          .mayOnlyBeAccessedByLayers("script", "translate", "run", "cli")
          .whereLayer("ir")
          .mayOnlyBeAccessedByLayers("permission", "plan", "script", "translate", "run", "cli")
          .whereLayer("host")
          .mayOnlyBeAccessedByLayers("plan", "run", "cli")
          .whereLayer("shipped")
          .mayOnlyBeAccessedByLayers("ir", "script", "cli")
          .whereLayer("syntax")
          .mayOnlyBeAccessedByLayers("ir", "permission", "plan", "run", "cli");

  @ArchTest
  static final ArchRule ANTLR_STAYS_IN_SYNTAX =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.broot.syntax", "dev.broot.grammar")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.antlr..", "dev.broot.grammar");

  @ArchTest
  static final ArchRule COMPILING_NEEDS_NO_NATIVE_CODE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.broot.shipped",
              "dev.broot.host",
              "dev.broot.diagnostic",
              "dev.broot.syntax",
              "dev.broot.ir",
              "dev.broot.permission",
              "dev.broot.plan",
              "dev.broot.script",
              "dev.broot.translate",
              "dev.broot.cli")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jnr..", "com.kenai..");
}
