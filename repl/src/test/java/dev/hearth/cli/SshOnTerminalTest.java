package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.terminal.PseudoTerminal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The first contact with a real SSH server, on a real pseudo-terminal. */
@Timeout(120)
class SshOnTerminalTest {
  private static final String USER = System.getProperty("user.name");

  private final Path folder;
  private @Nullable Process sshd;

  SshOnTerminalTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void start() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/sshd")), "sshd is not installed");
    if (USER.equals("root")) {
      Files.createDirectories(Path.of("/run/sshd"));
    }
    var home = Files.createDirectories(folder.resolve("home/.ssh"));
    makeKey("host", "");
    makeKey("id", "open sesame");
    int port = freePort();
    var config =
        Files.write(
            folder.resolve("sshd_config"),
            List.of(
                "Port " + port,
                "ListenAddress 127.0.0.1",
                "HostKey " + folder.resolve("host"),
                "AuthorizedKeysFile " + folder.resolve("id.pub"),
                "PidFile none",
                "UsePAM no",
                "StrictModes no"));
    Files.writeString(
        home.resolve("config"),
        "Host web1\n HostName 127.0.0.1\n Port %d\n User %s\n HashKnownHosts no\n IdentityFile %s\n"
            .formatted(port, USER, folder.resolve("id")));
    sshd =
        new ProcessBuilder("/usr/sbin/sshd", "-D", "-e", "-f", config.toString())
            .redirectErrorStream(true)
            .start();
    var said = sshd.inputReader();
    var line = said.readLine();
    while (line != null && !line.contains("Server listening")) {
      line = said.readLine();
    }
    assertThat(line).isNotNull();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void makeKey(String name, String passphrase) throws IOException, InterruptedException {
    var file = folder.resolve(name).toString();
    var process =
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", file)
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (sshd != null) {
      sshd.destroy();
      var _ = sshd.waitFor();
    }
  }

  @Test
  void a_new_host_is_confirmed_and_a_passphrase_is_typed_unseen() throws Exception {
    var recipe =
        Files.writeString(
            folder.resolve("recipe.js"),
            """
            import { ssh } from 'hearth:ssh';
            export const recipe = { permissions: { ssh: 'write' } };
            export default async ({ log }) => log.info(`it says ${await ssh('web1').run`echo hello`}`);
            """);

    try (var terminal = new PseudoTerminal(hearth("run", recipe.toString(), "--allow-ssh:write"))) {
      terminal.see("is not known. Its ED25519 key is SHA256:").see("Trust it from now on");
      terminal.type("yes\n");
      terminal.see("Passphrase of the key");
      terminal.type("open sesame\n");
      terminal.see("it says hello");

      assertThat(terminal.status()).isZero();
      assertThat(terminal.shown()).doesNotContain("open sesame");
    }
    assertThat(folder.resolve("home/.ssh/known_hosts")).content().startsWith("[127.0.0.1]:");
  }

  private ProcessBuilder hearth(String... arguments) {
    var builder = new ProcessBuilder(JavaCommand.hearth(List.of(), List.of(arguments)));
    for (var place : List.of("CONFIG", "DATA", "STATE", "CACHE")) {
      builder.environment().put("HEARTH_" + place + "_HOME", folder.resolve(place).toString());
    }
    builder
        .environment()
        .putAll(
            Map.of(
                "HOME",
                folder.resolve("home").toString(),
                "TERM",
                "xterm",
                "LANG",
                "C.UTF-8",
                "NO_COLOR",
                "1"));
    builder.environment().remove("CI");
    builder.environment().remove("SSH_AUTH_SOCK");
    return builder;
  }
}
