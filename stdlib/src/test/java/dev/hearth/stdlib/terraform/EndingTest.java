package dev.hearth.stdlib.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.UserHome;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changes the state or its workspaces, with a program that never comes to an end. */
class EndingTest {
  private UserHome user;
  private Path dir;

  @BeforeEach
  void start(@TempDir Path home) {
    dir = home.resolve("infra");
    user =
        new UserHome(home, "terraform")
            .imports("import { fs } from 'hearth:fs'; import { sleep } from 'hearth:time';")
            .variable("PATH", "/usr/bin:/bin")
            .variable("HEARTH_TERRAFORM_PROGRAM", home.resolve("endless").toString())
            .write("infra/main.tf", "")
            .write("endless", "#!/bin/sh\ntouch begun-$$\nexec sleep 600\n");
    assertThat(user.file("endless").toFile().setExecutable(true)).isTrue();
  }

  @Test
  void each_ends_when_its_time_is_over_and_when_it_is_stopped() {
    var told =
        user.value(
            """
            const infra = terraform({ dir: '%1$s' });
            const verbs = {
              mv: (options) => infra.state.mv('a.b', 'a.c', options),
              rm: (options) => infra.state.rm('a.b', options),
              push: (options) => infra.state.push('{"version":4,"serial":1}', options),
              unlock: (options) => infra.unlock('abc', options),
              list: (options) => infra.workspaces.list(options),
              create: (options) => infra.workspaces.create('a', options),
              select: (options) => infra.workspaces.select('a', options),
              delete: (options) => infra.workspaces.delete('a', options),
            };
            const stop = new AbortController();
            const ended = (options) => Promise.all(Object.entries(verbs).map(async ([name, verb]) => {
              try { await verb(options); return `${name}: done`; } catch ({ code, message }) { return code ?? message; }
            }));
            const begun = async () => (await fs.list('%1$s')).filter((name) => name.startsWith('begun')).length;
            const late = await ended({ timeout: '1s' });
            const before = await begun();
            const stopped = ended({ signal: stop.signal });
            while ((await begun()) < before + 8) await sleep('20ms');
            stop.abort(new Error('enough'));
            return [before, [...new Set(late)], [...new Set(await stopped)]];
            """
                .formatted(dir),
            "terraform:write",
            "read=" + dir,
            "write=" + dir);
    assertThat(told).isEqualTo("[8,[\"process.timed-out\"],[\"enough\"]]");
  }
}
