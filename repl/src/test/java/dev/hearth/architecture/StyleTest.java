package dev.hearth.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Smells that a compiler cannot see. */
@AnalyzeClasses(locations = ProjectClasses.Main.class)
class StyleTest {
  @ArchTest
  static final ArchRule classes_are_named_after_what_they_are =
      noClasses()
          .should()
          .haveNameMatching(".*(Utils?|Helpers?|Manager|Impl|AbstractBase\\w*)")
          .because("such a name says that nobody knew what belongs inside");

  @ArchTest
  static final ArchRule what_blocks_gets_a_virtual_thread =
      noClasses()
          .should()
          .callMethodWhere(
              target(owner(name("java.util.concurrent.Executors")))
                  .and(target(nameMatching("new(Fixed|Cached|Scheduled|Single|WorkStealing).*"))))
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching("java\\.util\\.concurrent\\.(Scheduled)?ThreadPoolExecutor")
          .because("a pool is a limit in the wrong place: limits are settings with a name");

  @ArchTest
  static final ArchRule only_the_front_door_ends_the_process =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.hearth.cli.Main")
          .and()
          .doNotHaveFullyQualifiedName("dev.hearth.standby.Caller")
          .should()
          .callMethodWhere(target(owner(name("java.lang.System"))).and(target(name("exit"))))
          .orShould()
          .callMethodWhere(
              target(owner(name("java.lang.Runtime"))).and(target(nameMatching("exit|halt"))))
          .because("Hearth is also a library in other people's programs");

  @ArchTest
  static final ArchRule only_the_front_door_writes_to_the_standard_streams =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.hearth.cli..", "dev.hearth.log..", "dev.hearth.terminal..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .accessField(System.class, "in")
          .orShould()
          .callMethodWhere(target(nameMatching("printStackTrace")))
          .because("stdout is data: whoever embeds Hearth decides where it goes");
}
