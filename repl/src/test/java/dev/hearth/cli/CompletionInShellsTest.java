package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Completion as somebody at a terminal sees it: real shells, and the tab key. */
class CompletionInShellsTest {
  /** Types, presses a key, and has the shell write down what then stands on its line. */
  private static final String PRESS =
      """
      set timeout 60
      log_user 0
      proc need {text} {
        expect {
          $text {}
          timeout { exit 3 }
          eof { exit 4 }
        }
      }
      spawn -noecho {*}[lrange $argv 2 end]
      need "ready> "
      send -- [lindex $argv 0]
      send -- [lindex $argv 1]
      send "\\030p"
      need "written"
      exec kill -KILL [exp_pid]
      """;

  private static final String BASH =
      """
      PS1='rea''dy> '
      source ./script
      _watched() { _hearth "$@" 2>>errors; }
      complete -F _watched hearth
      bind -x '"\\C-xp": printf "%s" "$READLINE_LINE" >line; printf "writ""ten"'
      bind '"\\C-xa": insert-completions'
      """;

  private static final String ZSH =
      """
      exec 2>errors
      PS1='rea''dy> '
      autoload -Uz compinit; compinit -u -D
      source ./script
      write-line() { print -rn -- "$BUFFER" >line; print -n "writ""ten" >/dev/tty }
      zle -N write-line
      bindkey '^Xp' write-line
      zle -C all-matches complete-word _generic
      zstyle ':completion:all-matches:*' completer _all_matches _complete
      zstyle ':completion:all-matches:*' insert true
      bindkey '^Xa' all-matches
      bindkey '^I' complete-word
      """;

  private static final String ALL = "\u0018a";

  private final Path folder;
  private final TypedCommand hearth = new TypedCommand();

  CompletionInShellsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectory(folder.resolve("my folder"));
    for (var name : List.of("my recipe.js", "a$(touch pwned).js")) {
      Files.writeString(
          folder.resolve(name),
          "export const recipe = { params: { size: { type: 'string', enum: ['big $(touch pwned)'] } } };");
    }
    var program =
        "#!/bin/sh\nexec '%s' -cp '%s' %s \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin/java"),
                System.getProperty("java.class.path"),
                Main.class.getName());
    var file = Files.writeString(folder.resolve("hearth"), program);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private static void assumeInstalled(String program) {
    var found =
        Pattern.compile(File.pathSeparator)
            .splitAsStream(System.getenv("PATH"))
            .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    assumeThat(found).as(program + " is installed").isTrue();
  }

  private void writeScript(String shell) throws IOException {
    assumeInstalled(shell);
    assertThat(hearth.type("completion", shell)).isZero();
    Files.writeString(folder.resolve("script"), hearth.out());
  }

  private String output(String... command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    var environment = builder.environment();
    environment.put("PATH", folder + File.pathSeparator + environment.get("PATH"));
    environment.put("ZDOTDIR", folder.toString());
    environment.put("TERM", "xterm");
    environment.put("HEARTH_CONFIG_HOME", folder.resolve("config").toString());
    var process = builder.start();
    process.getOutputStream().close();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }

  /** What stands on the line after a key was pressed; nothing was said, nothing was run. */
  private String pressed(String typed, String key, String... shell) throws Exception {
    assumeInstalled("expect");
    var press = Files.writeString(folder.resolve("press.exp"), PRESS).toString();
    var command = new ArrayList<>(List.of("expect", press, typed, key));
    command.addAll(List.of(shell));
    assertThat(output(command.toArray(String[]::new))).isEmpty();
    var errors = folder.resolve("errors");
    assertThat(Files.exists(errors) ? Files.readString(errors) : "").isEmpty();
    assertThat(folder.resolve("pwned")).doesNotExist();
    return Files.readString(folder.resolve("line")).stripTrailing();
  }

  @Test
  void tab_in_bash() throws Exception {
    writeScript("bash");
    Files.writeString(folder.resolve("rc"), BASH);
    String[] bash = {"bash", "--noprofile", "--rcfile", "rc", "-i"};
    assertThat(pressed("hearth run --allow-proxmox:", ALL, bash))
        .isEqualTo("hearth run --allow-proxmox:read write");
    assertThat(pressed("hearth run my\\ f", "\t", bash)).isEqualTo("hearth run my\\ folder/");
    assertThat(pressed("hearth run my\\ r", "\t", bash)).isEqualTo("hearth run my\\ recipe.js");
    assertThat(pressed("hearth run a\\$\\(touch\\ pwned\\).js --size ", ALL, bash))
        .isEqualTo("hearth run a\\$\\(touch\\ pwned\\).js --size big\\ \\$\\(touch\\ pwned\\)");
  }

  @Test
  void tab_in_zsh() throws Exception {
    writeScript("zsh");
    Files.writeString(folder.resolve(".zshrc"), ZSH);
    String[] zsh = {"zsh", "-d", "-i"};
    assertThat(pressed("hearth run --allow-proxmox:", ALL, zsh))
        .isEqualTo("hearth run --allow-proxmox:read --allow-proxmox:write");
    assertThat(pressed("hearth run my\\ f", "\t", zsh)).isEqualTo("hearth run my\\ folder/");
    assertThat(pressed("hearth run a\\$\\(touch\\ pwned\\).js --size=b", "\t", zsh))
        .isEqualTo("hearth run a\\$\\(touch\\ pwned\\).js --size=big\\ \\$\\(touch\\ pwned\\)");
  }

  @Test
  void candidates_in_fish() throws Exception {
    writeScript("fish");
    assertThat(fish("hearth runs ")).containsExactly("list", "logs", "prune", "show");
    assertThat(fish("hearth run --allow-p"))
        .containsExactly("--allow-proxmox:read", "--allow-proxmox:write");
    assertThat(fish("hearth run my")).containsExactly("my folder/", "my recipe.js");
    assertThat(fish("hearth run 'a$(touch pwned).js' --si")).contains("--size", "--simulate");
    assertThat(folder.resolve("pwned")).doesNotExist();
  }

  private List<String> fish(String line) throws Exception {
    var answer = output("fish", "--no-config", "-c", "source script; complete -C $argv[1]", line);
    return answer.lines().map(each -> each.replaceFirst("\t.*", "")).toList();
  }
}
