package dev.hearth.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.LiveRun;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.Session;
import dev.hearth.runtime.TakeUpRequest;

/** Who may know whom. */
@AnalyzeClasses(locations = ProjectClasses.Main.class)
class DependencyTest {
  private static final String[] FRONT = {
    "dev.hearth.cli..",
    "dev.hearth.log..",
    "dev.hearth.repl..",
    "dev.hearth.terminal..",
    "dev.hearth.testing.."
  };

  @ArchTest
  static final ArchRule the_runtime_knows_no_binding_and_no_front_door =
      noClasses()
          .that()
          .resideInAPackage("dev.hearth.runtime..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.hearth.stdlib..").or(resideInAnyPackage(FRONT)))
          .because("it is embedded by programs that have their own bindings and no terminal");

  @ArchTest
  static final ArchRule no_binding_knows_the_front_door =
      noClasses()
          .that()
          .resideInAPackage("dev.hearth.stdlib..")
          .should()
          .dependOnClassesThat(resideInAnyPackage(FRONT))
          .because("the same binding serves the command line, the REPL and other people's programs")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule bindings_use_only_what_the_runtime_shows_them =
      noClasses()
          .that()
          .resideInAPackage("dev.hearth.stdlib..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.hearth.runtime..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "dev.hearth.runtime",
                              "dev.hearth.runtime.spi",
                              "dev.hearth.runtime.effect..",
                              // Types that signatures of the spi name.
                              "dev.hearth.runtime.permission",
                              "dev.hearth.runtime.secret"))))
          .because("everything else in the runtime may change without asking anyone")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule bindings_do_not_reach_behind_the_gate =
      noClasses()
          .that()
          .resideInAPackage("dev.hearth.stdlib..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.hearth.runtime.effect.gate..",
              "dev.hearth.runtime.effect.file..",
              "dev.hearth.runtime.effect.process..")
          .because("who makes an effect himself, or a gate, decides himself what was granted")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule only_the_engine_knows_graal =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.hearth.runtime.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.graalvm..", "com.oracle.truffle..", "com.oracle.js..")
          .because(
              "a guest value on the wrong thread fails silently; nobody else can hold one this"
                  + " way");

  @ArchTest
  static final ArchRule no_binding_imports_another =
      slices()
          .matching("dev.hearth.stdlib.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(alwaysTrue(), resideInAPackage("dev.hearth.stdlib.command"))
          // They have nothing but what they are given: what comes from containers is unpacked once,
          // and fields of answers are picked once.
          .ignoreDependency(
              alwaysTrue(),
              belongToAnyOf(
                  dev.hearth.stdlib.archive.TarTransfer.class,
                  dev.hearth.stdlib.json.FieldSelection.class))
          .because("bindings meet in JavaScript, where the recipe's grants are seen and checked")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule packages_form_no_cycles =
      slices()
          .matching("dev.hearth.(**)")
          .should()
          .beFreeOfCycles()
          .ignoreDependency(theFrontDoor(), alwaysTrue())
          .because("a reader must be able to understand one package before the next");

  /** The embedding API stands with the words that all packages share, and leads to all of them. */
  private static DescribedPredicate<JavaClass> theFrontDoor() {
    return belongToAnyOf(
        Hearth.class, LiveRun.class, RunRequest.class, Session.class, TakeUpRequest.class);
  }

  @ArchTest
  static final ArchRule there_is_one_jackson =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("tools.jackson..")
          .because("our libraries speak Jackson 2, and two JSON mappers disagree about details");

  @ArchTest
  static final ArchRule only_effects_know_the_http_library =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.hearth.runtime.effect..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("okhttp3..", "okio..")
          .because("it opens sockets, and the gate stands in front of the effects only");

  @ArchTest
  static final ArchRule every_package_says_what_is_null =
      classes()
          .that()
          .haveSimpleNameNotEndingWith("package-info")
          .and()
          .resideInAPackage("dev.hearth..")
          .should(new BeInANullMarkedPackage())
          .because("NullAway checks only what is marked");
}
