package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Questions and progress on a real pseudo-terminal, as a person sees them: by {@code expect}. */
@Timeout(120)
class UiOnTerminalTest {
  private static final String HEAD =
      """
      set timeout 60
      log_user 1
      set stty_init "rows 40 columns 100"
      proc need {text} {
        expect {
          -re $text {}
          timeout { puts "\\nMISSING: $text"; exit 3 }
          eof { puts "\\nENDED BEFORE: $text"; exit 4 }
        }
      }
      proc end {status} {
        expect {
          eof {}
          timeout { puts "\\nIT DOES NOT END"; exit 5 }
        }
        lassign [wait] pid id os value
        if {$value != $status} { puts "\\nSTATUS $value"; exit 6 }
      }
      # Nobody types as fast as a script: it waits until the terminal shows nothing of it.
      proc hidden {} {
        global spawn_out
        for {set i 0} {$i < 500} {incr i} {
          if {[string match "* -echo *" [exec stty -a < $spawn_out(slave,name)]]} { return }
          after 20
        }
        puts "\nIT WOULD BE SHOWN"
        exit 7
      }
      spawn -noecho {*}$argv
      """;

  private final Path folder;

  UiOnTerminalTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void requireExpect() {
    assumeTrue(
        List.of("/usr/bin/expect", "/usr/local/bin/expect", "/opt/homebrew/bin/expect").stream()
            .anyMatch(program -> Files.isExecutable(Path.of(program))),
        "expect is not installed");
  }

  /** Types into Hearth; what was shown comes back. */
  private String typed(String script, String... arguments)
      throws IOException, InterruptedException {
    var file = Files.writeString(folder.resolve("script.exp"), HEAD + script);
    var command = new ArrayList<>(List.of("expect", file.toString()));
    command.addAll(JavaCommand.hearth(List.of(), List.of(arguments)));
    var log = folder.resolve("shown");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    for (var place : List.of("CONFIG", "DATA", "STATE", "CACHE")) {
      builder.environment().put("HEARTH_" + place + "_HOME", folder.resolve(place).toString());
    }
    builder.environment().putAll(Map.of("TERM", "xterm", "LANG", "C.UTF-8", "NO_COLOR", "1"));
    builder.environment().remove("CI");
    var process = builder.start();
    process.getOutputStream().close();
    assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
    var shown = Files.readString(log);
    assertThat(process.exitValue()).as(shown).isZero();
    return shown;
  }

  private String recipe(String body) throws IOException {
    var text =
        """
        import { ui } from 'hearth:ui';
        import { sleep } from 'hearth:time';
        export default async ({ step, log }) => {
        %s
        };
        """
            .formatted(body.indent(2).stripTrailing());
    return Files.writeString(folder.resolve("recipe.js"), text).toString();
  }

  @Test
  void texts_are_seen_secrets_are_not_and_progress_waits_for_the_answer() throws Exception {
    var recipe =
        recipe(
            """
            const bar = ui.progress('copy', { total: 10 });
            bar.set(5);
            await sleep('300ms');
            const name = await ui.ask('Name', { default: 'web' });
            const key = await ui.ask('Key', { secret: true });
            await bar.done();
            log.info(`key ${key}`);
            return `${name} ${key.reveal().length}`;
            """);
    var shown =
        typed(
            """
            need "copy  5/10  50%%"
            need "Name .web.:"
            send "db\\r"
            need "Key:"
            hidden
            send "unseen-key\\r"
            need "copy  5/10  50%%"
            need "key \\\\*\\\\*\\\\*"
            need "db 10"
            end 0
            """
                .replace("%%", "%"),
            "run",
            recipe);
    assertThat(shown).contains("db\r\n").doesNotContain("unseen-key");
  }

  @Test
  void ctrl_c_gives_a_question_up_and_finally_blocks_run() throws Exception {
    var recipe =
        recipe(
            """
            try {
              await ui.ask('Name');
            } finally {
              log.info('cleaned up');
            }
            """);
    typed(
        """
        need "Name:"
        send "\\003"
        need "cleaned up"
        end 130
        """,
        "run",
        recipe);
  }

  @Test
  void the_repl_asks_by_its_own_editor_and_goes_on() throws Exception {
    typed(
        """
        need "hearth>"
        send "const { ui } = await import('hearth:ui')\\r"
        need "hearth>"
        send "await ui.ask('Name')\\r"
        need "Name:"
        send "Ada\\r"
        need "Ada"
        need "hearth>"
        send "await ui.confirm('Sure', { default: true })\\r"
        need "Y/n"
        send "\\r"
        need "true"
        need "hearth>"
        send "\\004"
        end 0
        """,
        "repl");
  }
}
