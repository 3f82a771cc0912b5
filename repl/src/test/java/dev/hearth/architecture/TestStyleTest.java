package dev.hearth.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** What tests may not do. */
@AnalyzeClasses(locations = ProjectClasses.Tests.class)
class TestStyleTest {
  @ArchTest
  static final ArchRule no_test_sleeps =
      noClasses()
          .should()
          .callMethodWhere(
              target(owner(name("java.lang.Thread"))).and(target(nameMatching("sleep"))))
          .orShould()
          .callMethodWhere(
              target(owner(name("java.util.concurrent.TimeUnit"))).and(target(name("sleep"))))
          .because("it is too short on a busy machine and too long on every other");

  @ArchTest
  static final ArchRule no_test_mocks =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.mockito..", "org.easymock..", "org.powermock..", "io.mockk..")
          .because("a mock agrees with whatever the code does; simulators and fakes say no");

  @ArchTest
  static final ArchRule no_test_is_switched_off =
      methods()
          .should()
          .notBeAnnotatedWith(Disabled.class)
          .because("a test that cannot run says so by an assumption, with its reason");

  @ArchTest
  static final ArchRule tests_are_named_as_claims =
      methods()
          .that()
          .areAnnotatedWith(Test.class)
          .should()
          .haveNameMatching("[a-z0-9]+(_[A-Za-z0-9]+)+")
          .because("the list of the tests is the list of what holds");
}
