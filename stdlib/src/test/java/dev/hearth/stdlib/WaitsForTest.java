package dev.hearth.stdlib;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Tests at one engine or cluster run one after the other, as they say that they wait for it. */
class WaitsForTest {
  private static final Set<String> LABS = Set.of("DockerLab", "LabCluster", "PodLab");

  @Test
  void a_test_that_meets_a_shared_system_says_which() throws URISyntaxException {
    var here = Path.of(getClass().getProtectionDomain().getCodeSource().getLocation().toURI());
    ArchConfiguration.withThreadLocalScope(
        configuration -> {
          configuration.setResolveMissingDependenciesFromClassPath(false);
          var meeting =
              new ClassFileImporter()
                  .importPath(here).stream()
                      .filter(type -> type.getSimpleName().endsWith("Test"))
                      .filter(WaitsForTest::meetsALab)
                      .toList();
          assertThat(meeting).hasSizeGreaterThan(20);
          assertThat(meeting).allMatch(WaitsForTest::saysSo);
        });
  }

  private static boolean meetsALab(JavaClass type) {
    return type.getDirectDependenciesFromSelf().stream()
            .anyMatch(each -> LABS.contains(each.getTargetClass().getSimpleName()))
        || type.getMethodCallsFromSelf().stream()
            .anyMatch(call -> call.getTarget().getName().equals("ofLab"))
        || type.getRawSuperclass().filter(WaitsForTest::meetsALab).isPresent();
  }

  private static boolean saysSo(JavaClass type) {
    return type.reflect().isAnnotationPresent(WaitsFor.class)
        || type.reflect().isAnnotationPresent(Isolated.class);
  }
}
