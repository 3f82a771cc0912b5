package dev.hearth.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Recipes that try what they may not: each a file in {@code hostile/}, or a folder with a {@code
 * recipe.js}, whose head says what it tries, which error or value and exit status it gets, and with
 * which flags it is run. Whatever it tries, the canary that lies everywhere around it is not shown.
 */
class HostileRecipesTest {
  private static final String CANARY = "SECRETKEY0123";
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Pattern HEAD = Pattern.compile("(?m)^// (Expects|Flags): (.*)$");
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\n]]|\u2028|\u2029");

  private final Path folder;
  private final TypedCommand hearth;

  HostileRecipesTest(@TempDir Path temp) throws IOException {
    folder = temp.toRealPath();
    var home = folder.resolve("hearth");
    hearth =
        new TypedCommand()
            .at(home)
            .set("HOME", folder.toString())
            .set("HEARTH_TIMEOUTS_GRACE", "300ms")
            .set("HEARTH_LIMITS_WAITING_OPERATIONS", "2000")
            .set("PATH", "/usr/bin:/bin")
            .set("SECRET_TOKEN", CANARY)
            .set("HEARTH_PARAM_TOKEN", CANARY)
            .set("HEARTH_PROXMOX_URL", "https://pve.example:8006")
            .set("HEARTH_PROXMOX_TOKEN", "root@pam!token=12345678-1234-1234-1234-123456789012");
    write(home.resolve("config/canary.json"), "{\"key\": \"%s\"}");
    write(home.resolve("config/grants.json"), "{\"version\": 1, \"recipes\": {}, \"x\": \"%s\"}");
    Files.setPosixFilePermissions(
        home.resolve("config"),
        java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
    write(home.resolve("state/runs/20260101-000000-aaaa/journal.jsonl"), "{\"key\": \"%s\"}\n");
    for (var open : List.of("state", "state/runs", "state/runs/20260101-000000-aaaa")) {
      Files.setPosixFilePermissions(
          home.resolve(open), java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
    }
    write(folder.resolve("secret.json"), "{\"key\": \"%s\"}");
    write(folder.resolve("wallet.js"), "%s is no JavaScript");
    write(folder.resolve("in/.env.json"), "{\"key\": \"%s\"}");
    write(folder.resolve("in/ok.json"), "{\"key\": \"nothing\"}");
    Files.createSymbolicLink(folder.resolve("in/link.json"), Path.of("../secret.json"));
    Files.createSymbolicLink(folder.resolve("in/linked"), folder);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(requireNonNull(file.getParent()));
    Files.writeString(file, text.formatted(CANARY));
  }

  private static Path all() {
    try {
      var found = requireNonNull(HostileRecipesTest.class.getResource("/hostile"));
      return Path.of(found.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(all())) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .sorted(Comparator.naturalOrder())
          .toList();
    }
  }

  @Test
  void there_are_at_least_sixty() throws IOException {
    assertThat(names()).hasSizeGreaterThan(60);
  }

  @ParameterizedTest
  @MethodSource("names")
  void what_is_tried_is_refused_or_held(String name) {
    Assertions.assertTimeoutPreemptively(LONGEST, () -> attempt(name));
  }

  private void attempt(String name) throws IOException {
    var recipe = placed(name);
    var text = Files.readString(recipe);
    var expected = head(text, "Expects").split(" ", 3);
    var flags = Stream.of(head(text, "Flags").split(" ")).filter(flag -> !flag.isEmpty()).toList();

    var status = run(recipe, flags, "--json");
    var last = new ObjectMapper().readTree(hearth.out().lines().reduce((a, b) -> b).orElseThrow());
    var shown = hearth.out() + hearth.err();
    assertThat(told(last)).as(shown).isIn((Object[]) expected[0].split("\\|", -1));
    if (expected.length > 2) {
      assertThat(last.path("value")).isEqualTo(new ObjectMapper().readTree(expected[2]));
    }
    assertThat(status).isEqualTo(Integer.parseInt(expected[1]));
    requireNothingLeaked(shown);

    run(recipe, flags, "--verbose");
    requireNothingLeaked(hearth.out() + hearth.err());
    assertThat(CONTROLS.matcher(hearth.out() + hearth.err()).find()).as(hearth.err()).isFalse();
  }

  private int run(Path recipe, List<String> flags, String form) {
    var arguments = new ArrayList<>(List.of("run", recipe.toString(), form));
    arguments.addAll(flags);
    return hearth.type(arguments.toArray(String[]::new));
  }

  private static String told(JsonNode last) {
    var code = last.path("error").path("code").asText("");
    return code.isEmpty() || code.equals("null") ? last.path("status").asText() : code;
  }

  /** The recipe in a folder of its own among the user's files. */
  private Path placed(String name) throws IOException {
    var from = all().resolve(name);
    var into = folder.resolve("in");
    if (!Files.isDirectory(from)) {
      return copy(from, into.resolve("recipe.js"));
    }
    try (Stream<Path> files = Files.walk(from)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        copy(file, into.resolve(from.relativize(file).toString()));
      }
    }
    return into.resolve("recipe.js");
  }

  private Path copy(Path from, Path into) throws IOException {
    Files.createDirectories(requireNonNull(into.getParent()));
    return Files.writeString(
        into,
        Files.readString(from)
            .replace("CANARY_FILE", folder.resolve("secret.json").toString())
            .replace("RECIPE_FOLDER", folder.resolve("in").toString())
            .replace("HEARTH_HOME", folder.resolve("hearth").toString()));
  }

  private static String head(String text, String key) {
    return HEAD.matcher(text)
        .results()
        .filter(line -> line.group(1).equals(key))
        .map(line -> line.group(2))
        .findFirst()
        .orElse("");
  }

  private void requireNothingLeaked(String shown) throws IOException {
    assertThat(shown).doesNotContain(CANARY);
    try (Stream<Path> files = Files.walk(folder.resolve("hearth/state/runs"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        if (!file.toString().contains("20260101-000000-aaaa")) {
          assertThat(Files.readString(file)).doesNotContain(CANARY);
        }
      }
    }
  }
}
