import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks or writes the format of all Java sources: {@code java Format.java check|write ROOT}.
 *
 * <p>A program of its own because google-java-format parses with the JVM that it runs in: inside
 * Maven that may be Java 17, which cannot read our sources. The build starts this in the
 * toolchain's JDK.
 */
final class Format {
  private static final Formatter FORMATTER =
      new Formatter(
          JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.GOOGLE).build());

  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[1]);
    switch (args[0]) {
      case "check" -> System.exit(check(root));
      case "write" -> write(root);
      default -> throw new IllegalArgumentException("Say check or write, not " + args[0]);
    }
  }

  private static int check(Path root) throws IOException {
    List<Path> wrong = new ArrayList<>();
    for (Path file : sources(root)) {
      if (!Files.readString(file).equals(formatted(file))) {
        wrong.add(root.relativize(file));
      }
    }
    if (wrong.isEmpty()) {
      return 0;
    }
    System.err.println("These files are not formatted:");
    wrong.forEach(file -> System.err.println("  " + file));
    System.err.println("Format them with: mvn -N -P format process-sources");
    return 1;
  }

  private static void write(Path root) throws IOException {
    for (Path file : sources(root)) {
      String wanted = formatted(file);
      if (!Files.readString(file).equals(wanted)) {
        Files.writeString(file, wanted);
        System.out.println("Formatted " + root.relativize(file));
      }
    }
  }

  private static String formatted(Path file) throws IOException {
    String source = Files.readString(file);
    try {
      String ordered = ImportOrderer.reorderImports(source, JavaFormatterOptions.Style.GOOGLE);
      return FORMATTER.formatSource(RemoveUnusedImports.removeUnusedImports(ordered));
    } catch (FormatterException e) {
      throw new IOException(file + " cannot be parsed: " + e.getMessage(), e);
    }
  }

  /** All Java files below {@code root} but those that a build has made. */
  private static List<Path> sources(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = String.valueOf(folder.getFileName());
            boolean made =
                name.equals("target") || name.equals("node_modules") || name.equals(".git");
            return made ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    return found;
  }
}
