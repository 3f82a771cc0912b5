package dev.hearth.stdlib.proxmox.sim.copy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.time.Duration;

/**
 * Makes a world that is like a real Proxmox VE: what it is configured with, and what runs. Its
 * history (tasks, logs, figures) is its own, and nobody's password, token or key is in it.
 */
public final class WorldCopy {
  private static final long SEED = 1;

  private WorldCopy() {}

  /**
   * Reads all that the source tells, with many questions. Blocks.
   *
   * @return the world in the form of {@code Simulator.save}
   * @throws HearthException {@code proxmox.copy-…} when what answers is no Proxmox VE that could be
   *     simulated
   */
  public static JsonNode of(Source source, Clock clock) {
    var answers = new Answers(source);
    int major = major(answers);
    var nodes = new NodesCopy(answers);
    var booted = clock.now().minus(Duration.ofSeconds(nodes.uptimeSeconds()));
    var world = World.booted(clock, major, SEED, booted);
    nodes.into(world);
    new StoragesCopy(answers, world).read();
    new GuestsCopy(answers, world).read();
    new AccessCopy(answers, world).read();
    new FirewallCopy(answers, world).read();
    new SettingsCopy(answers, world).read();
    new SdnCopy(answers, world).read();
    var saved = world.save();
    new Rereading(World.restore(saved, clock)).of(answers.answered());
    return saved;
  }

  private static int major(Answers answers) {
    var ask = Ask.of("/version");
    var version =
        answers
            .find(ask)
            .orElseThrow(() -> Answers.untold(ask))
            .find("version")
            .orElseThrow(() -> Told.unexpected(ask, "no `version`"));
    if (!version.matches("[789]([.~-].*)?")) {
      throw new HearthException(CopyError.COPY_VERSION, Told.excerpt(version));
    }
    return Integer.parseInt(version.substring(0, 1));
  }
}
