import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Puts together what the launcher starts: {@code java Distribution.java ROOT JAR STARTED}.
 *
 * <p>All but the caches is made in {@code repl/target/hearth.new}, where Maven has put the
 * libraries, and then moved to {@code repl/target/hearth}: a Hearth that runs meanwhile keeps its
 * files. A build that is stopped before the move leaves the old one in place, one that is stopped
 * after it leaves no stamp, and so is done again.
 *
 * <pre>
 * hearth          the launcher, so that the folder works wherever it is copied to
 * lib/            hearth.jar (its manifest names the class path) and the libraries
 * caller.jar      the few classes that hand a run over to a standby process: opening hearth.jar costs more than all else
 * inspector/      what lets a debugger in, outside of the class path
 * recipes/        the recipe library
 * bom.json        what is inside (CycloneDX)
 * jdk             the home of the JDK that built it, which the launcher tries first
 * engine.aot      the AOT cache for commands that run JavaScript: the classes of a start, linked
 * simulated.aot   the same with the simulators, for --simulate
 * front.aot       the AOT cache for all other commands, a third as large
 * caller.aot      the AOT cache for caller.jar
 * stamp           its time is the start of the build: sources newer than it are not in here
 * </pre>
 */
final class Distribution {
  private final Path root;
  private final Path made;
  private final Path current;

  private Distribution(Path root) {
    this.root = root;
    this.made = root.resolve("repl/target/hearth.new");
    this.current = made.resolveSibling("hearth");
  }

  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]).toRealPath();
    Instant started = Instant.parse(args[2]);
    new Distribution(root).make(root.resolve("repl/target").resolve(args[1]), started);
  }

  private void make(Path jar, Instant started) throws Exception {
    Files.copy(
        jar,
        made.resolve("lib/hearth.jar"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
    for (String file : new String[] {"hearth", "LICENSE"}) {
      Files.copy(
          root.resolve(file),
          made.resolve(file),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
    }
    Path bom = root.resolve("repl/target/bom.json");
    if (isNewer(bom, started)) { // Maven makes none when it is told to work offline
      requireListed(Files.readString(bom));
      Files.copy(bom, made.resolve("bom.json"), StandardCopyOption.REPLACE_EXISTING);
    }
    copyRecipes();
    ModernClasses.in(made.resolve("lib"));
    makeCallerJar();
    Files.writeString(made.resolve("jdk"), System.getProperty("java.home") + "\n");
    swapIn();
    rehearse("engine");
    rehearse("simulated");
    rehearse("front");
    if (Files.exists(Path.of("/proc/self/limits"))) { // as the standby process needs it
      rehearseCaller();
    }
    Path stamp = Files.writeString(current.resolve("stamp"), started + "\n");
    Files.setLastModifiedTime(stamp, FileTime.from(started));
  }

  /** One that an earlier build left lists what was inside then. */
  private static boolean isNewer(Path file, Instant started) throws IOException {
    return Files.exists(file) && !Files.getLastModifiedTime(file).toInstant().isBefore(started);
  }

  /** Who looks up what is inside must find every jar that is. */
  private void requireListed(String bom) throws IOException {
    Set<String> listed =
        Pattern.compile("pkg:maven/[^/\"]+/([^@\"]+)@([^?\"]+)")
            .matcher(bom)
            .results()
            .map(component -> component.group(1) + "-" + component.group(2) + ".jar")
            .collect(Collectors.toSet());
    for (String folder : new String[] {"lib", "inspector"}) {
      try (DirectoryStream<Path> jars = Files.newDirectoryStream(made.resolve(folder), "*.jar")) {
        for (Path jar : jars) {
          String name = jar.getFileName().toString();
          if (!name.equals("hearth.jar") && !listed.contains(name)) {
            throw new IOException("bom.json does not list " + folder + "/" + name);
          }
        }
      }
    }
  }

  /**
   * Runs what people run and keeps the classes that took. Each start loads all that is in its
   * cache, hence three of them; and they are made where they will be used, since the JVM looks
   * twice at every class of a cache that was made elsewhere. Without these flags of the launcher
   * they would not fit; {@code .ci/first-hour} checks that they do.
   */
  private void rehearse(String name) throws IOException, InterruptedException {
    Path cache = current.resolve(name + ".aot");
    Path homes = made.resolveSibling("rehearsal");
    Path log = made.resolveSibling("rehearsal-" + name + ".log");
    List<String> line = new ArrayList<>(List.of("-XX:AOTCacheOutput=" + cache));
    line.addAll(
        List.of("-cp", current.resolve("lib/hearth.jar").toString(), "dev.hearth.cli.Rehearsal"));
    line.addAll(Files.readAllLines(root.resolve(".build/rehearsal-" + name + ".args")));
    Files.deleteIfExists(log);
    ProcessBuilder builder = java(homes, log, line.toArray(String[]::new));
    Process process = builder.start();
    process.getOutputStream().close();
    int status = process.waitFor();
    if (status != 0 || !Files.exists(cache)) {
      System.err.print(Files.readString(log));
      throw new IOException("The rehearsal for the AOT cache ended with status " + status);
    }
    deleteTree(homes);
  }

  /** Copies what {@code dev.hearth.standby.Caller} loads into a jar of its own. */
  private void makeCallerJar() throws IOException {
    try (JarOutputStream jar =
        new JarOutputStream(Files.newOutputStream(made.resolve("caller.jar")))) {
      copyClasses(made.resolve("lib/hearth.jar"), "dev/hearth/(standby|terminal)/.*[.]class", jar);
      try (DirectoryStream<Path> jlines =
          Files.newDirectoryStream(made.resolve("lib"), "jline-*.jar")) {
        for (Path jline : jlines) {
          copyClasses(jline, "org/jline/utils/(Signals|Log)([$].*)?[.]class", jar);
        }
      }
    }
  }

  private static void copyClasses(Path from, String names, JarOutputStream to) throws IOException {
    try (JarFile jar = new JarFile(from.toFile())) {
      for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
        if (entry.getName().matches(names)) {
          JarEntry copy = new JarEntry(entry.getName());
          copy.setTimeLocal(LocalDateTime.of(1980, 2, 1, 0, 0));
          to.putNextEntry(copy);
          try (InputStream bytes = jar.getInputStream(entry)) {
            bytes.transferTo(to);
          }
          to.closeEntry();
        }
      }
    }
  }

  /** Hands a run over to a standby process, and keeps the classes that this took. */
  private void rehearseCaller() throws IOException, InterruptedException {
    Path homes = made.resolveSibling("rehearsal");
    Path sockets = homes.resolve("CACHE/run");
    Path log = made.resolveSibling("rehearsal-caller.log");
    Path jar = current.resolve("lib/hearth.jar");
    Process standby =
        java(
                homes,
                log,
                "-XX:AOTCache=" + current.resolve("simulated.aot"),
                "-cp",
                jar.toString(),
                "dev.hearth.cli.StandbyMain",
                jar.toString())
            .start();
    try {
      for (int tries = 0; tries < 300 && !Files.exists(sockets.resolve("standby.sock")); tries++) {
        Thread.sleep(100);
      }
      Path cache = current.resolve("caller.aot");
      Process caller =
          java(
                  homes,
                  log,
                  "-XX:AOTCacheOutput=" + cache,
                  "-cp",
                  current.resolve("caller.jar").toString(),
                  "dev.hearth.standby.Caller",
                  sockets.toString(),
                  "/bin/false",
                  jar.toString(),
                  "run",
                  ".build/rehearsal.js",
                  "--name",
                  "everyone")
              .start();
      caller.getOutputStream().close();
      int status = caller.waitFor();
      if (status != 0 || !Files.exists(cache)) {
        System.err.print(Files.readString(log));
        throw new IOException("The rehearsal of the caller ended with status " + status);
      }
    } finally {
      standby.destroy();
      standby.waitFor();
    }
    deleteTree(homes);
  }

  private ProcessBuilder java(Path homes, Path log, String... arguments) {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
    line.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(variable -> variable.startsWith("HEARTH_"));
    builder.environment().remove("XDG_RUNTIME_DIR");
    for (String kind : List.of("CONFIG", "DATA", "STATE", "CACHE")) {
      builder.environment().put("HEARTH_" + kind + "_HOME", homes.resolve(kind).toString());
    }
    return builder;
  }

  private void copyRecipes() throws IOException {
    Path from = root.resolve("recipes");
    Path to = made.resolve("recipes");
    deleteTree(to);
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            String name = from.relativize(folder).toString();
            if (name.equals("target") || name.equals("src")) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(name));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!file.endsWith("pom.xml")) {
              Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void swapIn() throws IOException {
    Path old = made.resolveSibling("hearth.old");
    deleteTree(old);
    if (Files.exists(current, LinkOption.NOFOLLOW_LINKS)) {
      Files.move(current, old);
    }
    Files.move(made, current);
    deleteTree(old);
  }

  private static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
