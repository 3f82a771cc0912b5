package dev.hearth.stdlib.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.Limits;
import dev.hearth.runtime.effect.ProcessRequest;
import dev.hearth.runtime.effect.RunningProcess;
import dev.hearth.runtime.effect.process.SystemProcesses;
import dev.hearth.stdlib.UserHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program, stopped while a resource of our provider waits for something. */
class StoppingTest {
  private static final String MODULE =
      LabProvider.REQUIRED
          + """
          variable "stubborn" {
            default = false
          }
          resource "lab_file" "first" {
            path = "${path.module}/first.txt"
          }
          resource "lab_file" "held" {
            path     = "${path.module}/held.txt"
            content  = lab_file.first.id
            hold     = "${path.cwd}/go"
            stubborn = var.stubborn
          }
          """;

  private UserHome user;
  private Path dir;

  @BeforeEach
  void start(@TempDir Path home) {
    dir = home.resolve("infra");
    user =
        LabProvider.of(new UserHome(home, "terraform"))
            .imports("import { events } from 'hearth:events';")
            .write("infra/main.tf", MODULE);
  }

  private String[] grants() {
    return new String[] {"terraform:write", "read=" + dir, "write=" + dir};
  }

  private String value(String body) {
    return user.value("const infra = terraform({ dir: '%s' });\n%s".formatted(dir, body), grants());
  }

  /** The processes that have the user's home in their command. */
  private List<String> processes() {
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(line -> line.contains(user.path().toString()))
        .toList();
  }

  @Test
  void a_signal_lets_terraform_write_its_state_and_the_run_waits_for_it() {
    assertThat(
            value(
                """
                await infra.init();
                const stop = new AbortController();
                events.on('terraform.apply-start', ({ address }) => address === 'lab_file.held' && stop.abort(new Error('enough')));
                try { await (await infra.plan()).apply({ signal: stop.signal }); } catch ({ message }) { return message; }
                """))
        .isEqualTo("\"enough\"");
    assertThat(processes()).isEmpty();
    assertThat(dir.resolve(".terraform.tfstate.lock.info")).doesNotExist();
    assertThat(value("return (await infra.state.list()).map(({ address }) => address);"))
        .isEqualTo("[\"lab_file.first\"]");
  }

  @Test
  void what_takes_longer_than_it_may_is_stopped_in_the_same_way() {
    assertThat(
            value(
                """
                await infra.init();
                const plan = await infra.plan();
                try { await plan.apply({ timeout: '4s' }); } catch ({ code, message }) { return [code, message.includes('ran longer than 4 s')]; }
                """))
        .isEqualTo("[\"process.timed-out\",true]");
    assertThat(processes()).isEmpty();
    assertThat(dir.resolve(".terraform.tfstate.lock.info")).doesNotExist();
    assertThat(dir.resolve("held.txt")).doesNotExist();
  }

  @Test
  void a_second_interrupt_ends_it_at_once() throws Exception {
    value("await infra.init();");
    var apply = new Apply("-var=stubborn=true");
    apply.heard("Creating...", line -> line.contains("held"));
    apply.worker.interrupt();
    apply.heard("Interrupt received.", line -> true);
    apply.worker.interrupt();
    apply.worker.join();

    assertThat(apply.failure).isInstanceOf(InterruptedException.class);
    assertThat(apply.took()).isLessThan(TerraformRun.GRACE);
    assertThat(processes()).isEmpty();
  }

  @Test
  void who_was_reached_by_a_terminals_interrupt_is_not_asked_again() throws Exception {
    value("await infra.init();");
    var apply = new Apply();
    apply.heard("Creating...", line -> line.contains("held"));
    assertThat(new ProcessBuilder("kill", "-INT", "" + apply.process.pid()).start().waitFor())
        .isZero();
    apply.worker.interrupt();
    apply.worker.join();

    assertThat(apply.lines)
        .anyMatch(line -> line.contains("Interrupt received."))
        .noneMatch(line -> line.contains("Two interrupts"));
    assertThat(processes()).isEmpty();
    assertThat(value("return (await infra.state.list()).map(({ address }) => address);"))
        .isEqualTo("[\"lab_file.first\"]");
  }

  @Test
  void who_holds_the_lock_in_another_process_is_told() throws Exception {
    value("await infra.init();");
    var apply = new Apply();
    apply.heard("Creating...", line -> line.contains("held"));

    var told = user.failure("return terraform({ dir: '" + dir + "' }).plan();", grants());

    assertThat(told)
        .matches(
            "(?s)terraform.locked: The state of `%s` is locked by \\S+@\\S+ since 20.* UTC\\..*"
                .formatted(dir));
    Files.writeString(dir.resolve("go"), "");
    apply.worker.join();
    assertThat(apply.failure).isNull();
    assertThat(dir.resolve("held.txt")).exists();
  }

  /** An apply of the module, followed by a thread of its own. */
  private final class Apply {
    final List<String> lines = new CopyOnWriteArrayList<>();
    final RunningProcess process;
    final Thread worker;
    final long begun = System.nanoTime();
    volatile @Nullable Throwable failure;

    Apply(String... more) {
      var command = new ArrayList<>(List.of("terraform", "apply", "-json", "-auto-approve"));
      command.addAll(List.of(more));
      Map<String, String> variables = new HashMap<>(System.getenv());
      for (var name : List.of("PATH", "TF_CLI_CONFIG_FILE")) {
        variables.put(name, user.get(name).orElseThrow());
      }
      process =
          new SystemProcesses(Limits.DEFAULT)
              .start(
                  ProcessRequest.of(command)
                      .in(dir)
                      .withEnvironment(variables)
                      .grace(TerraformRun.GRACE)
                      .endingItself());
      worker = Thread.ofPlatform().start(this::follow);
    }

    private void follow() {
      try (var run = new TerraformRun(process, this::hear)) {
        run.finish();
      } catch (InterruptedException | RuntimeException e) {
        failure = e;
      } finally {
        hear("THE END");
      }
    }

    private synchronized void hear(String line) {
      lines.add(line);
      notifyAll();
    }

    synchronized void heard(String words, Predicate<String> and) throws InterruptedException {
      while (lines.stream().noneMatch(line -> line.contains(words) && and.test(line))) {
        assertThat(lines).doesNotContain("THE END");
        wait();
      }
    }

    Duration took() {
      return Duration.ofNanos(System.nanoTime() - begun);
    }
  }
}
