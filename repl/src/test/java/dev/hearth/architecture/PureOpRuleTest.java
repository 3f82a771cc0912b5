package dev.hearth.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpContext;

/** What is computed on the run's own thread depends on its argument alone. */
@AnalyzeClasses(locations = ProjectClasses.Main.class)
class PureOpRuleTest {
  private static final DescribedPredicate<JavaClass> HAVE_PURE_OPS =
      describe("have pure ops", type -> ops(type, true));

  private static boolean ops(JavaClass type, boolean pure) {
    return type.getMethods().stream()
        .filter(method -> method.isAnnotatedWith(Op.class))
        .anyMatch(method -> isPure(method) == pure);
  }

  private static boolean isPure(JavaMethod method) {
    return method.getAnnotationOfType(Op.class).pure();
  }

  @ArchTest
  static final ArchRule pure_ops_get_no_effects =
      noClasses()
          .that(HAVE_PURE_OPS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.hearth.runtime.effect..")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(OpContext.class, Connection.class)
          .because("the run's thread must not wait for the world, nor walk around the gate");

  @ArchTest
  static final ArchRule pure_ops_have_a_class_of_their_own =
      classes()
          .that(HAVE_PURE_OPS)
          .should()
          .haveSimpleNameEndingWith("PureOps")
          .because("who reads a binding's folder sees what reaches nothing");

  @ArchTest
  static final ArchRule no_other_op_stands_among_them =
      noClasses()
          .that(describe("have other ops", type -> ops(type, false)))
          .should()
          .haveSimpleNameEndingWith("PureOps")
          .because("an object that has effects for one op has them for all");
}
