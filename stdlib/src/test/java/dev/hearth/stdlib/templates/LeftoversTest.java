package dev.hearth.stdlib.templates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs leave that nobody takes up again; each run continues in one world. */
class LeftoversTest {
  /** What a run does that is killed in the middle: it gets so far, and takes nothing back. */
  private static final String KILLED =
      """
      const of = (name, image = name) => ({ name, image, node: 'pve', storage: 'local-lvm' });
      const killedAt = (last) => async (name, work) => {
        if (name === last) throw new Error('killed');
        return work();
      };
      const killed = (wish, last, options) => t.ensure(wish, { ...options, step: killedAt(last) }).catch(() => {});
      """;

  private final MovedClock clock = new MovedClock();
  private final TemplateLab lab;

  LeftoversTest(@TempDir Path folder) {
    this.lab = new TemplateLab(folder, clock, KILLED);
  }

  private String value(String body) throws Exception {
    var result = lab.run(body);
    assertThat(result.error()).isNull();
    return String.valueOf(result.value());
  }

  private static final String WHAT =
      "return (await t.leftovers()).map(({ what, name, vmid }) => `${what} ${name} ${vmid ?? ''}`.trim());";

  private static final String LEFT =
      """
      const files = await pve.storage('local', { node: 'pve' }).content.list({ content: 'import' });
      return [(await pve.vms.list()).map(({ name }) => name), files.length];
      """;

  @Test
  void what_dead_runs_left_is_found_after_a_day_and_removed_with_its_image() throws Exception {
    value(
        """
        await t.ensure(of('alpine'));
        await killed(of('web', 'debian-13'), 'resize the disk');
        const tested = { ...of('alma', 'almalinux-10'), agent: true };
        await killed(tested, 'remove the test clone', { test: true });
        """);
    assertThat(value(WHAT)).isEqualTo("[]");
    assertThat(value(LEFT)).isEqualTo("[[\"alpine\",\"web\",\"alma\",\"alma-boot-test\"],3]");

    clock.ahead = Duration.ofHours(25);
    var left = value(WHAT);
    assertThat(left)
        .startsWith(
            "[\"boot-test alma 103\",\"template web 101\",\"template alma 102\",\"image local:import/")
        .contains("debian-13")
        .doesNotContain("alpine");

    assertThat(value("return (await t.removeLeftovers()).length;")).isEqualTo("5");
    assertThat(value(LEFT)).isEqualTo("[[\"alpine\"],1]");
    assertThat(value(WHAT)).isEqualTo("[]");
    assertThat(value("return (await t.ensure(of('web', 'debian-13'))).action;"))
        .isEqualTo("\"build\"");
  }

  @Test
  void what_something_was_done_with_lately_is_nobodys_leftover() throws Exception {
    value("await killed(of('web', 'alpine'), 'convert to a template');");
    clock.ahead = Duration.ofHours(24);
    value("await pve.vm(100).update({ cores: 1 });");
    clock.ahead = Duration.ofHours(30);

    assertThat(value(WHAT)).isEqualTo("[]");
    assertThat(value("return (await t.removeLeftovers()).length;")).isEqualTo("0");

    clock.ahead = Duration.ofHours(49);
    assertThat(value(WHAT)).startsWith("[\"template web 100\"");
  }

  @Test
  void an_image_that_something_else_is_made_of_stays() throws Exception {
    value("await killed(of('web', 'alpine'), 'resize the disk');");
    clock.ahead = Duration.ofHours(25);
    value("await killed(of('other', 'alpine'), 'resize the disk');");

    assertThat(value(WHAT)).isEqualTo("[\"template web 100\"]");
    assertThat(value("return (await t.removeLeftovers()).length;")).isEqualTo("1");
    assertThat(value(LEFT)).isEqualTo("[[\"other\"],1]");
  }

  @Test
  void what_only_looks_like_one_is_never_touched() throws Exception {
    value(
        """
        await killed(of('web', 'alpine'), 'resize the disk');
        await pve.vms.create({ node: 'pve', name: 'web-next', memory: 512, tags: 'building;hearth',
          description: (await pve.vm(100).config()).description });
        """);
    clock.ahead = Duration.ofHours(25);

    value("await t.removeLeftovers();");
    assertThat(value("return (await pve.vms.list()).map(({ name }) => name);"))
        .isEqualTo("[\"web-next\"]");
  }

  @Test
  void notes_that_somebody_changed_take_no_other_volume_with_them() throws Exception {
    value(
        """
        await killed(of('web', 'debian-13'), 'resize the disk');
        await pve.vms.create({ node: 'pve', vmid: 200, name: 'other', memory: 512, scsi0: 'local-lvm:1' });
        const [volume] = (await pve.vm(200).config()).scsi0.split(',');
        await pve.vm(200).unlinkDisk('scsi0'); // now no guest uses it
        const { description } = await pve.vm(100).config();
        await pve.vm(100).update({ description: description.replace(/"volume":"[^"]*"/, `"volume":"${volume}"`) });
        """);
    clock.ahead = Duration.ofHours(25);

    assertThat(value(WHAT)).isEqualTo("[\"template web 100\"]");
  }

  @Test
  void nobody_looks_closer_than_an_hour() throws Exception {
    assertThat(lab.error("await t.leftovers({ olderThan: '5m' });").message())
        .isEqualTo("`olderThan` is 5m, in which a run that lives may do nothing that can be seen.");
  }

  /** The time of this machine, and more. */
  private static final class MovedClock implements Clock {
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant now() {
      return Clock.system().now().plus(ahead);
    }

    @Override
    public long nanoTime() {
      return Clock.system().nanoTime() + ahead.toNanos();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      Clock.system().sleep(duration.dividedBy(20));
    }
  }
}
