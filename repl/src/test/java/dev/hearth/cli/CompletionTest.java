package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completion script, run by a real bash as its readline would. */
class CompletionTest {
  private static final String RECIPE =
      """
      export const recipe = {
        params: {
          diskSize: { type: 'integer', summary: 'how big' },
          size: { type: 'string', enum: ['small', 'big'] },
          agent: { type: 'boolean' },
        },
      };
      throw new Error('completion ran me');
      """;

  private final TypedCommand hearth = new TypedCommand();
  private final Path folder;
  private final Path script;

  CompletionTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    hearth.at(folder);
    assertThat(hearth.type("completion", "bash")).isZero();
    script = Files.writeString(folder.resolve("hearth.bash"), hearth.out());
  }

  /** Bash asks a program for what depends on the machine; this one is made of these classes. */
  private String program() throws IOException {
    var file = folder.resolve("hearth");
    var java = Path.of(System.getProperty("java.home"), "bin/java");
    var lines =
        "#!/bin/sh\nexport HEARTH_CONFIG_HOME='%s' HEARTH_STATE_HOME='%s'\nexec '%s' -cp '%s' %s \"$@\"\n"
            .formatted(
                folder.resolve("config"),
                folder.resolve("state"),
                java,
                System.getProperty("java.class.path"),
                Main.class.getName());
    Files.writeString(file, lines);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file.toString();
  }

  private String recipe() throws IOException {
    return Files.writeString(folder.resolve("recipe.js"), RECIPE).toString();
  }

  private void addConnections(String... names) {
    for (var name : names) {
      hearth.input("root@pam!a=b\n");
      var url = "https://127.0.0.1:8006";
      var status =
          hearth.type(
              "connect", "add", "proxmox", name, "--url", url, "--token-stdin", "--no-test");
      assertThat(status).as(hearth.err()).isZero();
    }
  }

  /** What Hearth itself answers to the scripts. */
  private List<String> answered(String... words) {
    var all = new ArrayList<>(List.of(Completer.COMMAND));
    all.addAll(List.of(words));
    assertThat(hearth.type(all.toArray(String[]::new))).isZero();
    assertThat(hearth.err()).isEmpty();
    return hearth.out().lines().toList();
  }

  /** What bash offers at the end of a line, cut into words as readline cuts it. */
  private List<String> offered(String... words) throws IOException, InterruptedException {
    return offeredOn("hearth " + String.join(" ", words).replaceAll(" ?= ?", "="), words);
  }

  private List<String> offeredOn(String line, String... words)
      throws IOException, InterruptedException {
    var quoted =
        Stream.of(words)
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    var last = words[words.length - 1];
    var replaced = last.equals("=") || last.equals(":") ? "" : last;
    var lines =
        """
        source "$1"; COMP_WORDS=('%s' %s); COMP_CWORD=%d; COMP_LINE=$2; COMP_POINT=${#2}
        _hearth hearth "$3" ''; printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(program(), quoted, words.length);
    var typed = line.replaceFirst("^hearth", program());
    var bash = new ProcessBuilder("bash", "-c", lines, "bash", script.toString(), typed, replaced);
    bash.directory(folder.toFile());
    var process = bash.redirectErrorStream(true).start();
    var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(answer).isZero();
    return answer.lines().filter(text -> !text.isEmpty()).toList();
  }

  @Test
  void options_with_a_colon_are_offered_from_where_bash_cuts_them() throws Exception {
    assertThat(offeredOn("hearth run --allow-proxmox:", "run", "--allow-proxmox", ":"))
        .containsExactly("read", "write");
    assertThat(offeredOn("hearth run --allow-proxmox:r", "run", "--allow-proxmox", ":", "r"))
        .containsExactly("read");
  }

  @Test
  void options_stand_at_the_top_and_in_groups() throws Exception {
    assertThat(offered("--")).containsExactly("--help", "--version");
    assertThat(offered("runs", "")).containsExactly("list", "show", "logs", "prune");
    assertThat(offered("runs", "--")).containsExactly("--help");
  }

  @Test
  void what_was_typed_is_never_evaluated_and_what_is_offered_is_quoted() throws Exception {
    var evil = RECIPE.replace("'small'", "'$(touch pwned)'");
    Files.writeString(folder.resolve("a$(touch pwned) b.js"), evil);
    var typed = "'a$(touch pwned) b.js'";
    assertThat(offeredOn("hearth run " + typed + " --disk", "run", typed, "--disk"))
        .containsExactly("--disk-size");
    assertThat(offeredOn("hearth run " + typed + " --size $", "run", typed, "--size", "\\$"))
        .containsExactly("\\$\\(touch\\ pwned\\)");
    assertThat(offeredOn("hearth run \"$(touch pwned)", "run", "\"$(touch pwned)")).isEmpty();
    assertThat(folder.resolve("pwned")).doesNotExist();
  }

  @Test
  void commands_are_offered_by_their_beginning() throws Exception {
    assertThat(offered("vers")).containsExactly("version");
    assertThat(offered("")).containsExactlyElementsOf(Commands.firstWords());
  }

  @Test
  void options_are_those_of_the_command() throws Exception {
    assertThat(offered("version", "--js")).containsExactly("--json");
    assertThat(offered("completion", "--")).contains("--help", "--no-color");
  }

  @Test
  void an_argument_with_few_values_offers_them() throws Exception {
    assertThat(offered("completion", "")).containsExactly("bash", "zsh", "fish");
    assertThat(offered("completion", "--json", "z")).containsExactly("zsh");
  }

  @Test
  void a_recipes_own_flags_are_offered_without_running_it() throws Exception {
    var recipe = recipe();
    assertThat(offered("run", recipe, "--si")).containsExactlyInAnyOrder("--simulate", "--size");
    assertThat(offered("run", recipe, "--size", "b")).contains("big").doesNotContain("small");
    assertThat(offered("run", recipe, "--size", "=", "")).containsExactly("small", "big");
    assertThat(answered("run", recipe, "--"))
        .containsExactly("--disk-size\thow big", "--size\t", "--agent\t", "--no-agent\t");
  }

  @Test
  void connections_are_offered_by_name() throws Exception {
    addConnections("lab", "home");
    assertThat(offered("run", "--connection", "prox"))
        .containsExactly("proxmox=home", "proxmox=lab");
    assertThat(offered("run", "--connection", "proxmox", "=")).containsExactly("home", "lab");
    assertThat(offered("run", "--connection", "proxmox", "=", "l")).containsExactly("lab");
    assertThat(offered("run", "--connection", "=", "proxmox", "=", "l")).containsExactly("lab");
    assertThat(answered("run", "--connection="))
        .containsExactly("--connection=proxmox=home\t", "--connection=proxmox=lab\t");
    assertThat(answered("connect", "show", ""))
        .containsExactly(
            "ansible\t", "docker\t", "kubernetes\t", "proxmox\t", "ssh\t", "terraform\t");
    assertThat(answered("connect", "remove", "proxmox", "l")).containsExactly("lab\t");
    assertThat(answered("sim", "proxmox", "--from", "l")).containsExactly("lab\t");
  }

  @Test
  void fields_of_a_binding_are_offered_as_flags() {
    assertThat(answered("connect", "add", "proxmox", "lab", "--to"))
        .containsExactly("--token-stdin\tAPI token, as USER@REALM!TOKENID=UUID");
  }

  @Test
  void runs_are_offered_by_id_with_what_they_were() throws Exception {
    hearth.type("run", recipe(), "--json");
    var run =
        hearth.out().lines().findFirst().orElseThrow().replaceAll(".*\"run\":\"([^\"]+)\".*", "$1");
    assertThat(answered("runs", "show", ""))
        .containsExactly(run + "\t" + folder.resolve("recipe.js") + " failed");
  }

  @Test
  void what_cannot_be_read_offers_nothing_and_says_nothing() throws IOException {
    var broken = Files.writeString(folder.resolve("broken.js"), "export default (").toString();
    assertThat(answered("run", broken, "--")).isEmpty();
    assertThat(answered("run", folder.resolve("nowhere.js").toString(), "--")).isEmpty();
    assertThat(answered("runs")).isEmpty();
    assertThat(answered()).isEmpty();
  }

  @Test
  void what_a_recipe_says_of_itself_cannot_move_the_cursor() throws IOException {
    var evil =
        Files.writeString(
            folder.resolve("evil.js"),
            "export const recipe = { params: { a: { type: 'string', summary: 'x\\u001b[2Jy\\nz' } } };");
    assertThat(answered("run", evil.toString(), "--")).containsExactly("--a\tx\\u001b[2Jy\\nz");
  }
}
