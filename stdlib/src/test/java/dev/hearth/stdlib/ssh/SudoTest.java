package dev.hearth.stdlib.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands through sudo. The one that asks here is a script that behaves as sudo does and asks for
 * a password of the test's own: no test can know that of the machine's users.
 */
class SudoTest {
  private static final String ASKING =
      """
      #!/bin/sh
      # sudo -S -p PROMPT -- COMMAND…, asking unless a file says that it need not
      prompt=$3; shift 4
      if [ -e "$(dirname "$0")/trusted" ]; then exec "$@"; fi
      for attempt in 1 2 3; do
        printf '%s' "$prompt" >&2
        IFS= read -r password || exit 1
        [ "$password" != 's3cret word' ] || exec "$@"
        echo 'Sorry, try again.' >&2
      done
      exit 1
      """;

  private Path programs;
  private Sshd sshd;
  private SshHome user;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    programs = Files.createDirectories(folder.resolve("programs"));
    var sudo = Files.writeString(programs.resolve("sudo"), ASKING);
    Files.setPosixFilePermissions(sudo, PosixFilePermissions.fromString("rwxr-xr-x"));
    sshd = Sshd.start(folder.resolve("sshd"), "SetEnv SHLVL=1 PATH=" + programs + ":/usr/bin:/bin");
    user = new SshHome(folder.resolve("home")).alias("web1", sshd);
  }

  @AfterEach
  void stop() {
    sshd.close();
  }

  private String withPassword(String password, String body) {
    return "const web = ssh({ host: 'web1', sudoPassword: '" + password + "' });\n" + body;
  }

  private String[] grants() {
    return new String[] {"ssh:write", "net=127.0.0.1:" + sshd.port()};
  }

  @Test
  void the_password_is_given_when_it_is_asked_for_and_the_command_reads_only_its_own_input() {
    var said =
        user.value(
            withPassword(
                "s3cret word",
                "const s = await web.sudo`cat; echo err >&2`.stdin('mine'); return [s.stdout, s.stderr];"),
            grants());

    assertThat(said).isEqualTo("[\"mine\",\"err\\n\"]");
  }

  @Test
  void a_password_that_nobody_asks_for_is_not_sent() throws IOException {
    Files.createFile(programs.resolve("trusted"));

    assertThat(
            user.value(
                withPassword("s3cret word", "return (await web.sudo`cat`).stdout;"), grants()))
        .isEqualTo("\"\"");
  }

  @Test
  void a_wrong_password_is_told_and_stands_in_no_error() {
    var failure = user.failure(withPassword("not it at all", "await web.sudo`id`;"), grants());

    assertThat(failure)
        .isEqualTo(
            """
            ssh.sudo-password: sudo on `web1` does not take the password of `%s`.
            Give the connection its `sudoPassword`, or `password` when they are the same."""
                .formatted(Sshd.USER));
  }

  @Test
  void without_a_password_sudo_is_not_kept_waiting() {
    assertThat(user.failure("await ssh('web1').sudo`id`;"))
        .startsWith("ssh.sudo-password-missing: sudo on `web1` asks `" + Sshd.USER + "`");
  }
}
