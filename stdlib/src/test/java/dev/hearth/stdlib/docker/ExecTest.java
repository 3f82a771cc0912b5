package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.WaitsFor;
import dev.hearth.stdlib.docker.lab.DockerLab;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Commands in containers, on real engines. */
@WaitsFor("docker")
class ExecTest {
  private UserHome user;

  @BeforeEach
  void home(@TempDir Path folder) {
    user = new UserHome(folder, "docker");
  }

  private ExecTest at(String engine) {
    user.variable("DOCKER_HOST", DockerLab.engine(engine).host());
    return this;
  }

  /** The body may use `box`, a container that runs. */
  private static String with(String body) {
    return """
        const box = await docker().containers.run({ image: 'lab/bb:1', command: ['sleep', '1000'], environment: { HOME: '/' } });
        try {
        %s
        } finally {
          await box.remove({ force: true });
        }
        """
        .formatted(body);
  }

  private String value(String body) {
    return user.value(with(body));
  }

  private String failure(String body) {
    return user.failure(with(body));
  }

  @EachEngine
  void words_reach_the_program_as_they_are(String engine) {
    assertThat(
            at(engine)
                .value(
                    """
                    const told = await box.exec(['echo', '$HOME; ls', 'a  b', "it's"]);
                    return [told.stdout, told.stderr, told.exitCode, told.ok, told.text(), told.lines()];
                    """))
        .isEqualTo(
            """
            ["$HOME; ls a  b it's\\n","",0,true,"$HOME; ls a  b it's\\n",["$HOME; ls a  b it's"]]""");
  }

  @EachEngine
  void a_template_is_read_by_a_shell_and_its_values_are_words(String engine) {
    assertThat(
            at(engine)
                .value(
                    """
                    const evil = '$(touch /pwned); `id`';
                    const told = await box.exec`echo ${evil} ${['a b', 'c']} | tr a-z A-Z; test -e /pwned && echo BAD`.nothrow();
                    return told.lines();
                    """))
        .isEqualTo("[\"$(TOUCH /PWNED); `ID` A B C\"]");
    assertThat(failure("await box.exec`echo '${1}'`;"))
        .isEqualTo(
            """
            docker.value-as-code: A value stands inside of quotes, where the shell of the container would read it as code.
            Take the quotes away: a value is quoted already.""");
  }

  @EachEngine
  void a_failure_says_what_the_command_said(String engine) {
    assertThat(at(engine).failure("await box.exec`echo no disk >&2; exit 7`;"))
        .matches(
            "docker.command-failed: `echo no disk >&2; exit 7` failed with exit status 7 in container `[a-z_]+[0-9]?`.\n"
                + "It said: `no disk`. Correct that, or take the status as a result with `nothrow`.");
    assertThat(value("return (await box.exec({ nothrow: true })`exit 7`).exitCode;"))
        .isEqualTo("7");
    assertThat(value("return (await box.exec(['false'], { nothrow: true })).exitCode;"))
        .isEqualTo("1");
    assertThat(
            value(
                "try { await box.exec(['no-such-program']); } catch (e) { return [e.code.startsWith('docker.'), /no-such-program/.test(e.message + e.hint)]; }"))
        .isEqualTo("[true,true]");
  }

  @EachEngine
  void user_folder_variables_and_input_are_given(String engine) {
    assertThat(
            at(engine)
                .value(
                    """
                    const how = { user: '1000', cwd: '/tmp', env: { A: 'x  y' }, stdin: 'typed\\n' };
                    const text = await box.exec(how)`id -u; pwd; echo "$A"; cat`;
                    const bytes = await box.exec(['wc', '-c']).stdin(new Uint8Array(300000)).text();
                    return [...text.lines(), bytes.trim()];
                    """))
        .isEqualTo("[\"1000\",\"/tmp\",\"x  y\",\"typed\",\"300000\"]");
  }

  @EachEngine
  void lines_come_while_the_command_runs(String engine) {
    assertThat(
            at(engine)
                .value(
                    """
                    const lines = [];
                    for await (const line of box.exec`i=0; while true; do i=$((i+1)); echo $i; sleep 0.05; done`) {
                      lines.push(line);
                      if (lines.length === 3) break;
                    }
                    const all = [];
                    for await (const line of box.exec(['seq', '1', '20000'])) all.push(line);
                    return [lines, all.length, all.at(-1)];
                    """))
        .isEqualTo("[[\"1\",\"2\",\"3\"],20000,\"20000\"]");
  }

  @EachEngine
  void somebody_can_sit_in_front_of_a_terminal(String engine) {
    assertThat(
            at(engine)
                .value(
                    """
                    const shell = await box.session(['sh'], { tty: true, rows: 30, columns: 100 });
                    let seen = '';
                    const until = async (wanted, pieces) => {
                      while (!wanted.test(seen)) seen += (await pieces.next()).value.text;
                    };
                    const pieces = shell[Symbol.asyncIterator]();
                    await shell.write('stty size; echo e""nd\\n');
                    await until(/end/, pieces);
                    const first = /\\d+ \\d+/.exec(seen)[0];
                    seen = '';
                    await shell.resize({ rows: 40, columns: 120 });
                    await shell.write('stty size; echo e""nd\\n');
                    await until(/end/, pieces);
                    const second = /\\d+ \\d+/.exec(seen)[0];
                    await shell.write('exit 5\\n');
                    while (!(await pieces.next()).done);
                    return [first, second, await shell.exitCode()];
                    """))
        .isEqualTo("[\"30 100\",\"40 120\",5]");
  }

  @EachEngine
  void a_command_may_end_before_its_terminal_has_a_size(String engine) {
    assertThat(
            at(engine)
                .value(
                    """
                    const codes = await Promise.all(Array.from({ length: 20 }, async () => {
                      const session = await box.session(['false'], { tty: true, rows: 30, columns: 100 });
                      for await (const _ of session);
                      return session.exitCode();
                    }));
                    return new Set(codes).size + ':' + codes[0];
                    """))
        .isEqualTo("\"1:1\"");
  }

  @EachEngine
  void a_session_without_a_terminal_keeps_the_outputs_apart(String engine) {
    assertThat(
            at(engine)
                .value(
                    """
                    const session = await box.session(['sh', '-c', 'cat; echo bad >&2']);
                    await session.write('one\\n');
                    await session.write(new Uint8Array([116, 119, 111, 10]));
                    await session.end();
                    const texts = { stdout: '', stderr: '' };
                    for await (const { stream, text } of session) texts[stream] += text;
                    return [texts.stdout, texts.stderr, await session.exitCode()];
                    """))
        .isEqualTo("[\"one\\ntwo\\n\",\"bad\\n\",0]");
  }

  @EachEngine
  void what_runs_in_a_container_is_attached_to(String engine) {
    assertThat(
            at(engine)
                .value(
                    """
                    const echo = await docker().containers.run({ image: 'lab/bb:1', stdin_open: true,
                      command: ['sh', '-c', 'read a; echo got $a; exit 3'] });
                    try {
                      const session = await echo.attach({ stdin: true });
                      await session.write('hello\\n');
                      let text = '';
                      for await (const piece of session) text += piece.text;
                      return [text, await session.exitCode()];
                    } finally {
                      await echo.remove({ force: true });
                    }
                    """))
        .isEqualTo("[\"got hello\\n\",3]");
  }

  @EachEngine
  void a_command_has_a_limit(String engine) {
    assertThat(at(engine).failure("await box.exec(['sleep', '1000'], { timeout: '300ms' });"))
        .matches(
            "docker.command-timeout: `sleep 1000` in container `[a-z_]+[0-9]?` did not end within 300ms.\n"
                + "It still runs there; give it longer with `timeout`, or end it with `kill`.");
  }

  @EachEngine
  void a_container_that_does_not_run_runs_no_command(String engine) {
    assertThat(at(engine).failure("await box.kill(); await box.wait(); await box.exec(['true']);"))
        .matches(
            "docker.container-not-running: Container `[a-z_]+[0-9]?` is not running, but exited.\n"
                + "Start it with `start\\(\\)` first.");
  }

  @EachEngine
  void secrets_are_no_words(String engine) {
    user.variable("TOKEN", "hunter2hunter2");
    assertThat(at(engine).failure("await box.exec`echo ${{}}`;"))
        .startsWith("docker.value: Value 1 of the command is an object, which is no word.");
  }
}
