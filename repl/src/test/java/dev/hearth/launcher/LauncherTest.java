package dev.hearth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.launcher.SourceTree.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
  private static final String NO_JDK =
      "hearth: Hearth needs JDK 25 or newer: install Eclipse Temurin 25 or the package"
          + " openjdk-25-jdk, or set JAVA_HOME to the folder of one.\n";

  private final SourceTree tree;

  LauncherTest(@TempDir Path folder) throws IOException {
    tree = new SourceTree(folder.toRealPath());
  }

  @Test
  void without_a_jdk_it_says_in_one_sentence_what_to_install() {
    tree.jdk("jvm/java-17", "17.0.15");
    tree.jdk("home/.sdkman/candidates/java/24-tem", "24.0.1");

    assertThat(tree.run("version")).isEqualTo(new Outcome(2, "", NO_JDK));
    assertThat(tree.builds()).isZero();
  }

  @Test
  void maven_says_the_same_sentence() {
    assertThat(SourceTree.read(SourceTree.project("pom.xml")))
        .contains("<message>" + NO_JDK.substring("hearth: ".length()).strip() + "</message>");
  }

  @Test
  void arguments_pass_unchanged_after_the_jar() {
    tree.built(tree.jdk("jvm/jdk-25", "25.0.3"));

    Outcome outcome = tree.run("run", "a b.js", "", "--x=*", "--", "$HOME");

    assertThat(outcome.out())
        .endsWith(
            "<-cp>\n<%s>\n<dev.hearth.cli.Main>\n<run>\n<a b.js>\n<>\n<--x=*>\n<-->\n<$HOME>\n"
                .formatted(tree.root.resolve("repl/target/hearth/lib/hearth.jar")));
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void the_exit_status_passes() {
    tree.built(tree.jdk("jvm/jdk-25", "25.0.3")).with("FAKE_STATUS", 11);

    assertThat(tree.run().status()).isEqualTo(11);
  }

  @Test
  void the_explicit_home_wins_over_all() {
    Path own = tree.jdk("own jdk", "26-ea");
    tree.built(tree.jdk("jvm/jdk-25", "25"))
        .with("JAVA_HOME", tree.jdk("java-home", "25.0.1"))
        .with("HEARTH_JAVA_HOME", own);

    assertThat(tree.run().out()).startsWith("java of " + own + "\n");
  }

  @Test
  void an_explicit_home_that_will_not_do_is_named_and_passed_over() {
    Path old = tree.jdk("old", "17.0.15");
    Path good = tree.jdk("jvm/jdk-25", "25");
    tree.built(good).with("HEARTH_JAVA_HOME", old);

    Outcome outcome = tree.run();

    assertThat(outcome.out()).startsWith("java of " + good + "\n");
    assertThat(outcome.err())
        .isEqualTo(
            "hearth: HEARTH_JAVA_HOME is %s, which is no JDK 25 or newer; looking elsewhere.\n"
                .formatted(old));
  }

  @Test
  void a_java_home_that_is_too_old_is_passed_over_silently() {
    Path good = tree.jdk("jvm/jdk-25", "25");
    tree.built(good).with("JAVA_HOME", tree.jdk("old", "1.8.0_402"));

    Outcome outcome = tree.run();

    assertThat(outcome.out()).startsWith("java of " + good + "\n");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void the_java_on_path_is_followed_through_its_links() throws IOException {
    Path jdk = tree.jdk("opt/jdk-25", "25.0.3");
    Path alternative =
        Files.createSymbolicLink(tree.folder.resolve("java"), jdk.resolve("bin/java"));
    Files.createSymbolicLink(tree.path.resolve("java"), Path.of("../" + alternative.getFileName()));
    tree.built(tree.folder.resolve("gone"));

    assertThat(tree.run().out()).startsWith("java of " + jdk + "\n");
  }

  @Test
  void a_macos_bundle_and_sdkman_are_searched() {
    Path bundle = tree.jdk("jvm/temurin-25.jdk/Contents/Home", "25.0.3");
    tree.built(tree.folder.resolve("gone"));
    assertThat(tree.run().out()).startsWith("java of " + bundle + "\n");

    Path sdkman = tree.jdk("sdkman/candidates/java/25.0.3-tem", "25.0.3");
    SourceTree.write(bundle.resolve("release"), "JAVA_VERSION=\"21.0.1\"\n");
    tree.with("SDKMAN_DIR", tree.folder.resolve("sdkman"));
    assertThat(tree.run().out()).startsWith("java of " + sdkman + "\n");
  }

  @Test
  void it_works_from_any_folder_and_through_links_to_links() throws IOException {
    tree.built(tree.jdk("jvm/jdk-25", "25.0.3"));
    Path elsewhere = Files.createDirectories(tree.folder.resolve("else where/bin"));
    Files.createSymbolicLink(elsewhere.resolve("real"), tree.root.resolve("hearth"));
    Path link = Files.createSymbolicLink(elsewhere.resolve("h"), Path.of("real"));

    Outcome outcome = Outcome.of(tree.start(elsewhere, link, "version"));

    assertThat(outcome.out())
        .contains(
            "<"
                + tree.root.resolve("repl/target/hearth/lib/hearth.jar")
                + ">\n<dev.hearth.cli.Main>\n<version>\n");
  }

  @Test
  void what_is_built_is_not_built_again() {
    tree.built(tree.jdk("jvm/jdk-25", "25.0.3"));

    assertThat(tree.run().err()).isEmpty();
    assertThat(tree.builds()).isZero();
  }

  @Test
  void nothing_built_is_built_and_said_in_one_line() {
    Path jdk = tree.jdk("jvm/jdk-25", "25.0.3");

    Outcome outcome = tree.run("version");

    assertThat(outcome.err())
        .isEqualTo("hearth: building %s (once; about a minute)\n".formatted(tree.root));
    assertThat(outcome.out()).startsWith("java of " + jdk + "\n").doesNotContain("mvn");
    assertThat(SourceTree.read(tree.root.resolve("maven-calls")))
        .isEqualTo("built with %s\n".formatted(jdk));
    assertThat(outcome.status()).isZero();
  }

  @Test
  void a_newer_source_and_a_deleted_file_are_built() {
    Path jdk = tree.jdk("jvm/jdk-25", "25.0.3");
    Instant later = Instant.now().plusSeconds(120);

    tree.built(jdk);
    SourceTree.write(tree.root.resolve("stdlib/src/main/java/docker.js"), "");
    tree.age(tree.root.resolve("stdlib/src/main/java/docker.js"), later);
    tree.run();
    assertThat(tree.builds()).isEqualTo(1);

    tree.built(jdk);
    tree.age(tree.root.resolve("stdlib/src/main/java/docker.js"), Instant.EPOCH);
    tree.age(tree.root.resolve("stdlib/src/main/java"), later); // as a deletion leaves it
    tree.run();
    assertThat(tree.builds()).isEqualTo(2);
  }

  @Test
  void a_changed_recipe_needs_no_build_as_it_runs_from_where_it_stands() {
    tree.built(tree.jdk("jvm/jdk-25", "25.0.3"));
    SourceTree.write(tree.root.resolve("recipes/proxmox/template.js"), "");
    tree.age(tree.root.resolve("recipes/proxmox/template.js"), Instant.now().plusSeconds(120));

    tree.run();

    assertThat(tree.builds()).isZero();
  }

  @Test
  void in_the_c_locale_java_gets_one_in_which_it_can_read_names() {
    tree.built(tree.jdk("jvm/jdk-25", "25.0.3"));
    SourceTree.executable(
        tree.folder.resolve("jvm/jdk-25/bin/java"),
        "#!/bin/sh\necho \"$LC_ALL\"; for word in \"$@\"; do echo \"<$word>\"; done\n");

    assertThat(tree.run().out()).startsWith("C.UTF-8\n").contains("<-Dhearth.glyphs=ascii>");
    assertThat(tree.with("LC_ALL", "POSIX").run().out()).startsWith("C.UTF-8\n");
    assertThat(tree.with("LC_ALL", "de_DE.UTF-8").run().out())
        .startsWith("de_DE.UTF-8\n")
        .doesNotContain("glyphs");
  }

  @Test
  void a_failed_build_shows_what_maven_said() {
    tree.jdk("jvm/jdk-25", "25.0.3");
    SourceTree.write(tree.root.resolve("fail"), "");

    Outcome outcome = tree.run("version");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .contains("mvn -B -q -Dmaven.test.skip=true package\n")
        .endsWith("hearth: The build failed; what Maven said is above.\n");
  }

  @Test
  void without_maven_it_says_what_to_install() throws IOException {
    tree.jdk("jvm/jdk-25", "25.0.3");
    Files.delete(tree.path.resolve("mvn"));

    assertThat(tree.run())
        .isEqualTo(
            new Outcome(
                2,
                "",
                "hearth: Building needs Maven 3.6.3 or newer: install the package maven.\n"));
  }

  @Test
  void two_at_once_build_once() throws Exception {
    tree.jdk("jvm/jdk-25", "25.0.3");
    Path gate = tree.root.resolve("gate");
    assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor()).isZero();

    Process first = tree.start(tree.root, tree.root.resolve("hearth"), "first");
    assertThat(first.errorReader().readLine()).contains("building");
    Process second = tree.start(tree.root, tree.root.resolve("hearth"), "second");
    assertThat(second.errorReader().readLine())
        .isEqualTo(
            "hearth: another hearth is building (process %d); waiting for it."
                .formatted(first.pid()));
    Files.writeString(gate, "go\n");

    assertThat(Outcome.of(first).out()).endsWith("<first>\n");
    assertThat(Outcome.of(second).out()).endsWith("<second>\n");
    assertThat(tree.builds()).isEqualTo(1);
    assertThat(tree.root).isDirectoryNotContaining("glob:**/.hearth-build*");
  }

  @Test
  void the_lock_of_a_builder_that_died_is_taken_over() throws Exception {
    tree.jdk("jvm/jdk-25", "25.0.3");
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    SourceTree.write(tree.root.resolve(".hearth-build"), gone.pid() + "\n");

    assertThat(tree.run("version").status()).isZero();
    assertThat(tree.builds()).isEqualTo(1);
    assertThat(tree.root.resolve(".hearth-build")).doesNotExist();
  }

  @Test
  void without_sources_it_just_runs() throws IOException {
    Path packaged = Files.createDirectories(tree.folder.resolve("packaged"));
    Files.copy(tree.root.resolve("hearth"), packaged.resolve("hearth"));
    SourceTree.executable(packaged.resolve("hearth"), SourceTree.read(tree.root.resolve("hearth")));
    Path jdk = tree.jdk("jvm/jdk-25", "25.0.3");
    Files.delete(jdk.resolve("bin/javac")); // a runtime without a compiler is enough here

    Outcome outcome = Outcome.of(tree.start(tree.folder, packaged.resolve("hearth"), "version"));

    assertThat(outcome.out())
        .startsWith("java of " + jdk + "\n")
        .contains("\n<-XX:AOTCache=" + packaged.resolve("front.aot") + ">\n")
        .endsWith(
            "<-cp>\n<"
                + packaged.resolve("lib/hearth.jar")
                + ">\n<dev.hearth.cli.Main>\n<version>\n");
    assertThat(tree.builds()).isZero();
  }

  @Test
  void only_what_runs_javascript_loads_the_cache_with_the_engine() {
    tree.built(tree.jdk("jvm/jdk-25", "25.0.3"));
    var engine = "<-XX:AOTCache=" + tree.root.resolve("repl/target/hearth/engine.aot") + ">";
    var front = "<-XX:AOTCache=" + tree.root.resolve("repl/target/hearth/front.aot") + ">";
    var simulated = "<-XX:AOTCache=" + tree.root.resolve("repl/target/hearth/simulated.aot") + ">";

    assertThat(tree.run("run", "a.js").out()).contains(engine);
    assertThat(tree.run("eval", "1").out()).contains(engine);
    assertThat(tree.run("run", "a.js", "--", "--help").out()).contains(engine);
    assertThat(tree.run("run", "a.js", "--simulate").out()).contains(simulated);
    assertThat(tree.run("repl", "--simulate=world.json").out()).contains(simulated);
    assertThat(tree.run("run", "a.js", "--help").out()).contains(front);
    assertThat(tree.run("run", "a.js", "--simulate", "--help").out()).contains(front);
    assertThat(tree.run("runs", "list").out()).contains(front);
    assertThat(tree.run().out()).contains(front);
  }

  @Test
  void a_signal_reaches_java_because_the_launcher_has_become_it() throws Exception {
    Path jdk = tree.jdk("jvm/jdk-25", "25.0.3");
    SourceTree.executable(jdk.resolve("bin/java"), "#!/bin/sh\necho $$\nexec sleep 60\n");
    tree.built(jdk);

    Process launcher = tree.start(tree.root, tree.root.resolve("hearth"));
    assertThat(launcher.inputReader().readLine()).isEqualTo(Long.toString(launcher.pid()));
    launcher.destroy();

    assertThat(launcher.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(launcher.exitValue()).isEqualTo(128 + 15);
  }
}
