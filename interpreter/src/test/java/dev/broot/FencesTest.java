package dev.broot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** One direction of data flow: each room imports only rooms to its left. */
@AnalyzeClasses(packages = "dev.broot", importOptions = ImportOption.DoNotIncludeTests.class)
class FencesTest extends House {
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
          .layer("spec")
          .definedBy("dev.broot.spec")
          .layer("plan")
          .definedBy("dev.broot.plan")
          .layer("bwrap")
          .definedBy("dev.broot.bwrap")
          .layer("permission")
          .definedBy("dev.broot.permission")
          .layer("check")
          .definedBy("dev.broot.check")
          .layer("filter")
          .definedBy("dev.broot.filter")
          .layer("compile")
          .definedBy("dev.broot.compile")
          .layer("translate")
          .definedBy("dev.broot.translate")
          .layer("script")
          .definedBy("dev.broot.script")
          .layer("run")
          .definedBy("dev.broot.run")
          .layer("edit")
          .definedBy("dev.broot.edit")
          .layer("cli")
          .definedBy("dev.broot.cli")
          .whereLayer("edit")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("run")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("translate")
          .mayOnlyBeAccessedByLayers("cli")
          // The library holds limits by the scripts' own part.
          .whereLayer("script")
          .mayOnlyBeAccessedByLayers("run", "cli")
          .whereLayer("filter")
          .mayOnlyBeAccessedByLayers("script", "run", "cli")
          .whereLayer("compile")
          .mayOnlyBeAccessedByLayers("translate", "run", "cli", "edit")
          .whereLayer("bwrap")
          .mayOnlyBeAccessedByLayers(
              "permission", "compile", "script", "translate", "run", "cli", "edit")
          .whereLayer("check")
          .mayOnlyBeAccessedByLayers("compile", "translate", "run", "cli", "edit")
          .whereLayer("permission")
          .mayOnlyBeAccessedByLayers("check", "compile", "script", "run", "cli", "edit")
          .whereLayer("plan")
          .mayOnlyBeAccessedByLayers(
              "permission", "bwrap", "compile", "script", "translate", "run", "cli", "edit")
          .whereLayer("host")
          .mayOnlyBeAccessedByLayers("plan", "permission", "compile", "run", "cli", "edit")
          .whereLayer("spec")
          .mayOnlyBeAccessedByLayers(
              "syntax",
              "check",
              "permission",
              "plan",
              "bwrap",
              "compile",
              "filter",
              "script",
              "translate",
              "run",
              "cli",
              "edit")
          .whereLayer("shipped")
          .mayOnlyBeAccessedByLayers("host", "spec", "check", "script", "cli", "edit")
          .whereLayer("syntax")
          .mayOnlyBeAccessedByLayers("check", "cli", "edit");

  @ArchTest
  static final ArchRule ONLY_THE_CHECKS_MAKE_A_SPEC =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.broot.check")
          .should()
          .callConstructorWhere(
              com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                  com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner(
                      com.tngtech.archunit.core.domain.properties.HasName.Predicates.name(
                          "dev.broot.spec.Spec"))));

  @ArchTest
  static final ArchRule ONLY_THE_GATE_COMPILES =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.broot.compile", "dev.broot.check")
          .should()
          .callMethod(
              dev.broot.check.SpecCompiler.class,
              "compile",
              dev.broot.check.SpecCompiler.Request.class,
              dev.broot.check.Sources.class,
              dev.broot.permission.Judgement.class);

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
              "dev.broot.spec",
              "dev.broot.check",
              "dev.broot.permission",
              "dev.broot.plan",
              "dev.broot.bwrap",
              "dev.broot.compile",
              "dev.broot.script",
              "dev.broot.translate",
              "dev.broot.edit",
              "dev.broot.cli")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jnr..", "com.kenai..");
}
