package dev.hearth.runtime.effect.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Limit;
import dev.hearth.runtime.effect.Limits;
import dev.hearth.runtime.effect.ProcessRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SystemProcessesTest {
  private final SystemProcesses processes = new SystemProcesses(Limits.DEFAULT);
  private final Path folder;

  SystemProcessesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void status_and_both_outputs_are_kept_apart() throws InterruptedException {
    var outcome = processes.run(sh("echo out; echo err >&2; exit 3"));

    assertThat(outcome.exitStatus()).isEqualTo(3);
    assertThat(outcome.outputText()).isEqualTo("out\n");
    assertThat(outcome.errorText()).isEqualTo("err\n");
    assertThat(outcome.succeeded()).isFalse();
  }

  @Test
  void a_child_without_input_meets_the_end_at_once() throws InterruptedException {
    assertThat(processes.run(ProcessRequest.of("/bin/cat")).output()).isEmpty();
  }

  @Test
  void bytes_and_streams_are_fed_to_the_child() throws InterruptedException {
    var bytes = "x".repeat(1_000_000).getBytes(UTF_8);

    assertThat(processes.run(ProcessRequest.of("/bin/cat").input(bytes)).output()).isEqualTo(bytes);
  }

  @Test
  void a_child_that_reads_no_input_does_not_hang_the_one_who_feeds_it()
      throws InterruptedException, IOException {
    try (var input = new PipedInputStream();
        var nobodyWrites = new PipedOutputStream(input)) {
      assertThat(processes.run(ProcessRequest.of("/bin/true").input(input)).exitStatus()).isZero();
      nobodyWrites.flush();
    }
    var flood = processes.run(sh("exec 0<&-; exit 0").input(new byte[10_000_000]));
    assertThat(flood.exitStatus()).isZero();
  }

  @Test
  void the_child_gets_the_given_environment_and_the_mark_and_nothing_else()
      throws InterruptedException {
    var request = ProcessRequest.of("/usr/bin/env").variable("GREETING", "hi");

    assertThat(processes.run(request).outputText().lines())
        .anyMatch(line -> line.equals("GREETING=hi"))
        .allMatch(line -> line.startsWith("GREETING=") || line.startsWith("HEARTH_PROCESS="));
  }

  @Test
  void a_child_runs_in_its_folder() throws InterruptedException, IOException {
    assertThat(processes.run(ProcessRequest.of("/bin/pwd").in(folder)).outputText().strip())
        .isEqualTo(folder.toRealPath().toString());
  }

  @Test
  void what_cannot_be_started_says_why() {
    assertThat(failure(ProcessRequest.of("/no/such/program")).id()).isEqualTo("process.not-found");
    assertThat(failure(sh("true").in(folder.resolve("no"))).sentence())
        .isEqualTo("`/bin/sh` could not be started: there is no folder `" + folder + "/no`.");
    assertThat(failure(ProcessRequest.of(folder.toString())).id())
        .isEqualTo("process.start-failed");
    assertThat(failure(ProcessRequest.of("/bin/echo", "a\0b")).id()).isEqualTo("process.malformed");
    assertThat(failure(sh("true").variable("A=B", "x")).id()).isEqualTo("process.malformed");
  }

  @Test
  void a_program_that_runs_too_long_is_ended() {
    var error = failure(sh("sleep 60").timeout(Duration.ofMillis(200)));

    assertThat(error.id()).isEqualTo("process.timed-out");
    assertThat(error.kind()).isEqualTo(ErrorKind.TIMEOUT);
    assertThat(error.sentence()).isEqualTo("`/bin/sh` ran longer than 200 ms and was ended.");
  }

  @Test
  void a_program_that_is_asked_to_end_can_clean_up() throws IOException, InterruptedException {
    var done = folder.resolve("done");

    try (var child =
        processes.start(
            sh("trap 'echo bye > " + done + "; exit 0' TERM; echo up; sleep 60 & wait"))) {
      assertThat(firstLine(child.output())).isEqualTo("up");
      child.stop();
      assertThat(child.await()).isZero();
    }
    assertThat(done).hasContent("bye\n");
  }

  @Test
  void a_program_that_ignores_sigterm_is_killed_after_its_grace()
      throws IOException, InterruptedException {
    var stubborn = sh("trap '' TERM; echo up; while :; do sleep 0.1; done");

    try (var child = processes.start(stubborn.grace(Duration.ofMillis(200)))) {
      assertThat(firstLine(child.output())).isEqualTo("up");
      child.stop();

      assertThat(child.await()).isEqualTo(128 + 9);
      assertThat(ProcessHandle.of(child.pid())).isEmpty();
    }
  }

  @Test
  void a_program_that_ends_itself_is_asked_alone_and_ends_its_children_in_its_own_order()
      throws IOException {
    var child =
        "trap 'touch child-was-asked' TERM; touch ready; while [ ! -e told ]; do /bin/sleep 0.02; done; touch child-is-done";
    var request =
        sh("("
                + child
                + ") & c=$!; trap 'touch told; wait $c; exit 0' TERM; while :; do wait $c; done")
            .variable("PATH", "/usr/bin:/bin")
            .in(folder)
            .grace(Duration.ofSeconds(30))
            .endingItself();

    try (var process = processes.start(request)) {
      while (!Files.exists(folder.resolve("ready"))) {
        Thread.onSpinWait();
      }
      process.stop();
    }

    assertThat(folder.resolve("child-is-done")).exists();
    assertThat(folder.resolve("child-was-asked")).doesNotExist();
  }

  @Test
  void a_program_that_ends_itself_is_heard_to_its_last_word() throws IOException {
    var request =
        sh("trap 'echo bye && touch said; exit 0' TERM; touch ready; while :; do /bin/sleep 0.02; done")
            .variable("PATH", "/usr/bin:/bin")
            .in(folder)
            .grace(Duration.ofSeconds(30))
            .endingItself();

    try (var process = processes.start(request)) {
      while (!Files.exists(folder.resolve("ready"))) {
        Thread.onSpinWait();
      }
      process.stop();
    }

    assertThat(folder.resolve("said")).exists();
  }

  @Test
  void a_childs_child_that_lost_its_parent_is_ended_too() throws IOException {
    // The inner shell ends at once, so that its child belongs to nobody that Java knows.
    var orphan = "(sh -c 'trap \"\" TERM; echo $$; while :; do sleep 0.1; done' & ); sleep 60";

    try (var child = processes.start(sh(orphan).grace(Duration.ofMillis(200)))) {
      var pid = Long.parseLong(firstLine(child.output()));
      child.stop();

      assertThat(ProcessHandle.of(pid).filter(SystemProcessesTest::runs)).isEmpty();
    }
  }

  @Test
  void an_interrupt_ends_the_whole_tree() throws InterruptedException, IOException {
    var pidFile = folder.resolve("pid");
    assertThat(new ProcessBuilder("mkfifo", pidFile.toString()).start().waitFor()).isZero();
    var thrown = new AtomicReference<Throwable>();
    var worker =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    processes.run(sh("sh -c 'echo $$ > " + pidFile + "; exec sleep 60'; true"));
                  } catch (InterruptedException | RuntimeException e) {
                    thrown.set(e);
                  }
                });
    var pid = Long.parseLong(Files.readString(pidFile).strip()); // waits until it runs

    worker.interrupt();
    worker.join();

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    assertThat(ProcessHandle.of(pid).filter(SystemProcessesTest::runs)).isEmpty();
  }

  @Test
  void a_flood_of_output_ends_the_program_and_names_the_setting() {
    var small = new SystemProcesses(Limits.DEFAULT.with(Limit.PROCESS_OUTPUT_BYTES, 100_000));

    var error =
        catchThrowableOfType(
            HearthException.class,
            () -> small.run(ProcessRequest.of("/usr/bin/yes").grace(Duration.ofSeconds(1))));

    assertThat(error.id()).isEqualTo("limit.output-too-large");
    assertThat(error.hint()).contains("`limits.processOutputBytes`");
  }

  @Test
  void output_as_long_as_the_limit_is_kept() throws InterruptedException {
    var small = new SystemProcesses(Limits.DEFAULT.with(Limit.PROCESS_OUTPUT_BYTES, 5));

    assertThat(small.run(sh("printf 12345")).outputText()).isEqualTo("12345");
  }

  @Test
  void a_program_left_in_the_background_does_not_hold_up_the_result() throws InterruptedException {
    var outcome = processes.run(sh("echo started; sleep 30 & exit 0"));

    assertThat(outcome.outputText()).isEqualTo("started\n");
    assertThat(outcome.duration()).isLessThan(Duration.ofSeconds(20));
  }

  private static ProcessRequest sh(String script) {
    return ProcessRequest.of("/bin/sh", "-c", script)
        .variable("PATH", "/usr/local/bin:/usr/bin:/bin");
  }

  private HearthException failure(ProcessRequest request) {
    return catchThrowableOfType(HearthException.class, () -> processes.run(request));
  }

  private static String firstLine(InputStream output) throws IOException {
    var line = new BufferedReader(new InputStreamReader(output, UTF_8)).readLine();
    return line == null ? "" : line;
  }

  // A dead process stays in the list where nobody reaps orphans.
  private static boolean runs(ProcessHandle process) {
    try {
      return process.isAlive()
          && !Files.readString(Path.of("/proc/" + process.pid() + "/stat")).contains(") Z ");
    } catch (IOException gone) {
      return false;
    }
  }
}
