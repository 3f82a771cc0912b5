package dev.hearth.architecture;

import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.LocationProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The compiled classes of all modules, found in the modules' folders: the tests of a module are on
 * no other module's class path.
 */
final class ProjectClasses {
  static final List<String> MODULES = List.of("runtime", "stdlib", "recipes", "repl");

  private ProjectClasses() {}

  /** What ships. */
  static final class Main implements LocationProvider {
    @Override
    public Set<Location> get(Class<?> testClass) {
      return locations("target/classes");
    }
  }

  /** What only tests. */
  static final class Tests implements LocationProvider {
    @Override
    public Set<Location> get(Class<?> testClass) {
      return locations("target/test-classes");
    }
  }

  /** The folder of the whole project. */
  static Path root() {
    return Path.of("").toAbsolutePath().resolve("..").normalize();
  }

  private static Set<Location> locations(String folder) {
    Set<Location> found = new LinkedHashSet<>();
    MODULES.stream()
        .map(module -> root().resolve(module).resolve(folder))
        .filter(Files::isDirectory)
        .map(Location::of)
        .forEach(found::add);
    return found;
  }
}
