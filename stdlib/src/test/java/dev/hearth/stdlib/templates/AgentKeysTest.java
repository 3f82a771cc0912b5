package dev.hearth.stdlib.templates;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.testing.RecipeTester;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of a real ssh-agent as those of a user; a simulated run reaches no agent. */
class AgentKeysTest {
  private final Path folder;
  private final Path socket;

  AgentKeysTest(@TempDir Path folder) {
    this.folder = folder;
    this.socket = folder.resolve("agent");
  }

  private RunResult run(Optional<String> variable) throws IOException, InterruptedException {
    var hearth =
        Hearth.builder()
            .home(folder.resolve("home"))
            .environment(name -> name.equals("SSH_AUTH_SOCK") ? variable : Optional.empty())
            .build();
    var recipe =
        Files.writeString(
            folder.resolve("recipe.js"),
            """
            import { templates } from 'hearth:templates';
            export const recipe = { permissions: { images: 'read', env: ['SSH_AUTH_SOCK'], net: ['unix:%s'] } };
            export default async () => {
              const nobody = { url: 'https://127.0.0.1:1', token: 'a@pve!b=00000000-0000-0000-0000-000000000000' };
              const { users } = await templates(nobody).specification({ %s, sshKeys: [{ agent: true }] });
              return users[0].keys;
            };
            """
                .formatted(socket, WishTester.LEAST));
    return RecipeTester.of(hearth).run(recipe, RunRequest::allowAll);
  }

  private String refusal(Optional<String> variable) throws IOException, InterruptedException {
    return requireNonNull(run(variable).error()).code();
  }

  private void sh(String command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  @Test
  void all_keys_of_the_agent_are_the_users() throws Exception {
    var agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
    try {
      assertThat(new BufferedReader(agent.inputReader(UTF_8)).readLine()).isNotNull();
      assertThat(refusal(Optional.of(socket.toString()))).isEqualTo("templates.agent-empty");
      sh(
          "ssh-keygen -q -t ed25519 -N '' -C 'one of mine' -f a && ssh-keygen -q -t rsa -b 2048 -N '' -f b");
      sh("SSH_AUTH_SOCK=%s ssh-add -q a b".formatted(socket));
      var keys = requireNonNull(run(Optional.of(socket.toString())).value());
      assertThat(keys.get(0).asText() + "\n").isEqualTo(Files.readString(folder.resolve("a.pub")));
      assertThat(keys.get(1).asText() + "\n").isEqualTo(Files.readString(folder.resolve("b.pub")));
      assertThat(keys).hasSize(2);
    } finally {
      agent.destroy();
      agent.onExit().join();
    }
  }

  @Test
  void without_an_agent_the_way_out_is_told() throws Exception {
    assertThat(refusal(Optional.empty())).isEqualTo("templates.no-agent");
  }
}
