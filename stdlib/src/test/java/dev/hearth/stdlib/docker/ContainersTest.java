package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.WaitsFor;
import dev.hearth.stdlib.docker.lab.DockerLab;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The life of containers, on real engines. */
@WaitsFor("docker")
class ContainersTest {
  private UserHome user;

  @BeforeEach
  void home(@TempDir Path folder) {
    user = new UserHome(folder, "docker");
  }

  private ContainersTest at(String engine) {
    user.variable("DOCKER_HOST", DockerLab.engine(engine).host());
    return this;
  }

  /** The body may use `engine`, and `name` of a container that is gone afterwards. */
  private static String with(String name, String body) {
    return """
    const engine = docker();
    const name = 'life-%s';
    const forever = { image: 'lab/bb:1', command: ['sleep', '1000'], stop_grace_period: '0s' };
    try {
    %s
    } finally {
      const left = await engine.containers.find(name);
      if (left) await engine.container(name).remove({ force: true, volumes: true });
    }
    """
        .formatted(name, body);
  }

  private String value(String name, String body) {
    return user.value(with(name, body));
  }

  private String failure(String name, String body) {
    return user.failure(with(name, body));
  }

  @EachEngine
  void a_container_goes_through_its_life(String engine) {
    assertThat(
            at(engine)
                .value(
                    "whole",
                    """
                    const web = await engine.containers.create({ name, ...forever });
                    const seen = [web.name, (await web.inspect()).State.Status];
                    const now = async (work) => seen.push((await work).State.Status);
                    await now(web.start());
                    await now(web.start());
                    await now(web.pause());
                    await now(web.pause());
                    await now(web.unpause());
                    await now(web.unpause());
                    await now(web.restart({ grace: '0s' }));
                    await web.kill();
                    seen.push(await web.wait());
                    await now(web.start());
                    await now(web.stop({ grace: '1s' }));
                    await now(web.stop());
                    await web.remove();
                    seen.push(await engine.containers.find(name));
                    return seen;
                    """))
        .isEqualTo(
            """
            ["life-whole","created","running","running","paused","paused","running","running",\
            "running",137,"running","exited","exited",null]\
            """);
  }

  @EachEngine
  void many_that_are_paused_and_unpaused_at_once_are_so_when_it_is_done(String engine) {
    assertThat(
            at(engine)
                .value(
                    "pauses",
                    """
                    const wrong = [];
                    await Promise.all([1, 2, 3, 4, 5, 6].map(async (n) => {
                      const box = await engine.containers.run({ ...forever, name: `${name}-${n}` });
                      try {
                        for (let i = 0; i < 5; i++) {
                          const paused = (await box.pause()).State.Paused;
                          const running = !(await box.unpause()).State.Paused;
                          if (!paused || !running) wrong.push([n, i, paused, running]);
                        }
                      } finally {
                        await box.remove({ force: true });
                      }
                    }));
                    return wrong;
                    """))
        .isEqualTo("[]");
  }

  @EachEngine
  void of_a_list_only_the_fields_that_are_selected_arrive(String engine) {
    assertThat(
            at(engine)
                .value(
                    "selected",
                    """
                    await engine.containers.create({ ...forever, name, labels: { 'a.b': 'c', other: 'd' } });
                    const filters = { name: [name] };
                    const select = ['Names', 'State', 'Labels.a\\\\.b', 'Missing', 'State.Deeper'];
                    const [whole] = await engine.containers.list({ all: true, filters });
                    const [image] = await engine.images.list({ filters: { reference: ['lab/bb:1'] }, select: ['RepoTags'] });
                    return [
                      await engine.containers.list({ all: true, filters, select }),
                      Object.keys(whole).length > 8,
                      await engine.containers.list({ all: true, filters, select: [] }),
                      image.RepoTags.some((tag) => tag.endsWith('lab/bb:1')) && Object.keys(image),
                    ];
                    """))
        .isEqualTo(
            """
            [[{"Names":["/life-selected"],"Labels":{"a.b":"c"},"State":"created"}],true,[{}],["RepoTags"]]\
            """);
    assertThat(failure("selected", "await engine.containers.list({ select: 'Names' });"))
        .contains("`select` takes a list");
  }

  @EachEngine
  void what_runs_in_the_foreground_gives_its_output(String engine) {
    assertThat(
            at(engine)
                .value(
                    "fore",
                    """
                    const told = await engine.containers.run(
                      { name, image: 'lab/bb:1', command: ['sh', '-c', 'echo out; echo err >&2; exit 3'] },
                      { detach: false, remove: true, nothrow: true });
                    return [told.exitCode, told.stdout, told.stderr, told.ok, await engine.containers.find(name)];
                    """))
        .isEqualTo("[3,\"out\\n\",\"err\\n\",false,null]");
    assertThat(
            failure(
                "fore",
                """
                await engine.containers.run(
                  { name, image: 'lab/bb:1', command: 'sh -c "echo no such disk >&2; exit 4"' },
                  { detach: false, remove: true });
                """))
        .isEqualTo(
            """
            docker.container-failed: The container of `lab/bb:1` ended with status 4.
            It said: `no such disk`. Correct that, or take the status as a result with `nothrow`.\
            """);
    assertThat(
            value(
                "fore",
                """
                const lines = [];
                const run = engine.containers.run(
                  { name, image: 'lab/bb:1', command: 'seq 1 5' }, { detach: false, remove: true });
                for await (const line of run) lines.push(line);
                return lines;
                """))
        .isEqualTo("[\"1\",\"2\",\"3\",\"4\",\"5\"]");
  }

  @EachEngine
  void what_a_specification_says_is_so_inside(String engine) {
    assertThat(
            at(engine)
                .value(
                    "inside",
                    """
                    const told = await engine.containers.run({
                      name, image: 'lab/bb:1', hostname: 'box', user: '1000:1000', working_dir: '/tmp',
                      environment: { A: 'x y', B: 2 }, tmpfs: '/scratch', read_only: true,
                      volumes: ['/data'], mem_limit: '64m', extra_hosts: ['nas=10.1.2.3'],
                      entrypoint: ['sh', '-c'],
                      command: ['hostname; id -u; pwd; echo "$A $B"; grep -c " /scratch " /proc/mounts; touch /no 2>/dev/null || echo ro; grep nas /etc/hosts | tr "\\\\t" " "'],
                    }, { detach: false, remove: true });
                    return told.lines();
                    """))
        .isEqualTo("[\"box\",\"1000\",\"/tmp\",\"x y 2\",\"1\",\"ro\",\"10.1.2.3 nas\"]");
  }

  @EachEngine
  void a_log_is_read_by_line_by_stream_and_from_its_end(String engine) {
    assertThat(
            at(engine)
                .value(
                    "log",
                    """
                    const web = await engine.containers.run({ name, image: 'lab/bb:1',
                      command: ['sh', '-c', 'echo one; echo two; sleep 0.2; echo bad >&2; sleep 0.2; echo last'] });
                    await web.wait();
                    const detailed = await web.logs({ details: true, stdout: false });
                    return [
                      await web.logs({ stderr: false }), await web.logs({ tail: 1 }),
                      await web.logs({ stdout: false }), detailed.map(({ stream, line }) => [stream, line]),
                      Date.parse(detailed[0].time.slice(0, 19) + 'Z') > 1e12,
                      (await web.logs({ since: '1h' })).length, await web.logs({ until: '1h' }),
                      (await web.logs({ since: new Date(Date.now() - 3600e3) })).length,
                    ];
                    """))
        .isEqualTo(
            """
            [["one","two","last"],["last"],["bad"],[["stderr","bad"]],true,4,[],4]\
            """);
  }

  @EachEngine
  void a_log_that_is_followed_is_read_while_it_is_written_and_can_be_left(String engine) {
    assertThat(
            at(engine)
                .value(
                    "follow",
                    """
                    const web = await engine.containers.run({ name, image: 'lab/bb:1',
                      command: ['sh', '-c', 'i=0; while true; do i=$((i+1)); echo line $i; sleep 0.05; done'] });
                    const lines = [];
                    for await (const line of web.logs({ follow: true })) {
                      lines.push(line);
                      if (lines.length === 4) break;
                    }
                    return [lines, (await web.inspect()).State.Status];
                    """))
        .isEqualTo("[[\"line 1\",\"line 2\",\"line 3\",\"line 4\"],\"running\"]");
  }

  @EachEngine
  void a_slow_reader_gets_all_of_a_large_log(String engine) {
    assertThat(
            at(engine)
                .value(
                    "large",
                    """
                    const web = await engine.containers.run({ name, image: 'lab/bb:1',
                      command: ['sh', '-c', 'seq 1 30000; sleep 1000'] });
                    let count = 0, sum = 0;
                    for await (const line of web.logs({ follow: true })) {
                      count++; sum += Number(line);
                      if (count === 30000) break;
                      if (count % 10000 === 0) await new Promise((done) => setTimeout(done, 50));
                    }
                    return [count, sum];
                    """))
        .isEqualTo("[30000,450015000]");
  }

  @EachEngine
  void what_goes_on_is_told(String engine) {
    assertThat(
            at(engine)
                .value(
                    "looks",
                    """
                    const web = await engine.containers.run({ name, image: 'lab/bb:1',
                      command: ['sh', '-c', 'echo x > /tmp/made; rm /bin/wget; while true; do :; done'] });
                    const busy = await web.stats();
                    let samples = 0;
                    for await (const { cpuPercent } of web.stats()) if (++samples === 2) break;
                    const changes = await web.changes();
                    const kinds = Object.fromEntries(changes.map(({ path, kind }) => [path, kind]));
                    const processes = await web.top();
                    return [busy.cpuPercent > 5 && busy.cpuPercent <= 210, busy.memoryBytes > 0, busy.memoryLimitBytes > busy.memoryBytes,
                      busy.pids > 0, samples, kinds['/tmp/made'], kinds['/bin/wget'], processes.some((one) => one.PID > 0 && Object.values(one).some((text) => text.includes('sh')))];
                    """))
        .isEqualTo("[true,true,true,true,2,\"added\",\"deleted\",true]");
  }

  @EachEngine
  void what_a_container_uses_that_does_not_run_is_asked_in_vain(String engine) {
    assertThat(
            at(engine)
                .failure(
                    "still",
                    """
                    await engine.containers.create({ name, image: 'lab/bb:1', command: ['true'] });
                    await engine.container(name).stats();
                    """))
        .startsWith("docker.container-not-running: ");
  }

  @EachEngine
  void a_wait_has_a_limit_and_tells_what_for(String engine) {
    assertThat(
            at(engine)
                .failure(
                    "wait",
                    """
                    const web = await engine.containers.run({ name, ...forever });
                    await web.wait({ timeout: '200ms' });
                    """))
        .isEqualTo(
            """
            docker.container-timeout: Container `life-wait` was not over within 200ms.
            Look at its log, or give it longer with `timeout`.\
            """);
    assertThat(failure("wait", "await engine.container(name).wait({ condition: 'done' });"))
        .isEqualTo(
            """
            docker.option-value: `condition` is `done`, which is no condition.
            It is one of `not-running`, `next-exit`, `removed`.\
            """);
  }

  @EachEngine
  void a_container_gets_another_name(String engine) {
    assertThat(
            at(engine)
                .value(
                    "named",
                    """
                    const old = await engine.containers.run({ name: name + '-old', ...forever });
                    const web = await old.rename(name);
                    return [web.name, await engine.containers.find(old.name)];
                    """))
        .isEqualTo("[\"life-named\",null]");
  }

  @EachEngine
  void a_container_gets_other_limits_where_the_engine_can_do_that(String engine) {
    at(engine);
    if (engine.equals("podman")) {
      assertThat(
              failure(
                  "limits",
                  "await (await engine.containers.run({ name, ...forever })).update({ cpu_shares:"
                      + " 512 });"))
          .isEqualTo(
              """
              docker.unsupported: The engine cannot update a container.
              Make the container anew with `containers.ensure`, or update the engine.\
              """);
      return;
    }
    assertThat(
            at(engine)
                .value(
                    "limits",
                    """
                    const web = await engine.containers.run({ name, ...forever, mem_limit: '64m', memswap_limit: '64m' });
                    const { HostConfig } = await web.update({ mem_limit: '96m', memswap_limit: '96m', cpu_shares: 512 });
                    return [HostConfig.Memory, HostConfig.CpuShares];
                    """))
        .isEqualTo("[100663296,512]");
    assertThat(
            value(
                "limits",
                """
                await engine.containers.create({ name, ...forever, mem_limit: '64m', memswap_limit: '64m' });
                await engine.request('POST', `/containers/${name}/update`, { body: { Memory: 0, MemorySwap: 0, NanoCpus: 0 } });
                return (await engine.containers.get(name)).HostConfig.Memory;
                """))
        .as("an engine takes 0 for no change")
        .isEqualTo("67108864");
    assertThat(failure("limits", "await engine.container(name).update({ mem_limit: 0 });"))
        .isEqualTo(
            """
            docker.spec-value: `mem_limit` of the container is 0, and an update takes no limit away.
            Make the container anew with `containers.ensure`, or give another limit.\
            """);
    assertThat(failure("limits", "await engine.container(name).update({ hostname: 'x' });"))
        .startsWith("docker.spec-value: `hostname` of the container cannot be updated.");
  }

  @EachEngine
  void an_image_is_made_of_what_became_of_a_container(String engine) {
    assertThat(
            at(engine)
                .value(
                    "commit",
                    """
                    const web = await engine.containers.run({ name, image: 'lab/bb:1', command: 'touch /here' });
                    await web.wait();
                    const { Id } = await web.commit({ image: 'life/commit:2', message: 'as it is', changes: ['CMD ["ls", "/here"]'] });
                    const again = await engine.containers.run({ image: 'life/commit:2' }, { detach: false, remove: true });
                    await engine.request('DELETE', '/images/life/commit:2');
                    return [Id.length > 60, again.stdout];
                    """))
        .isEqualTo("[true,\"/here\\n\"]");
    assertThat(
            failure(
                "commit",
                """
                const web = await engine.containers.create({ name, ...forever });
                await web.commit({ image: 'Life/Commit' });
                """))
        .startsWith("docker.image-malformed: `Life/Commit` is not the name of an image: ");
  }

  @EachEngine
  void refusals_say_what_to_do(String engine) {
    at(engine);
    assertThat(failure("no", "await engine.container('nobody').start();"))
        .isEqualTo(
            """
            docker.container-not-found: Container `nobody` does not exist.
            List them with `docker().containers.list({ all: true })`.\
            """);
    assertThat(
            failure(
                "no",
                """
                await engine.containers.create({ name, ...forever });
                await engine.containers.create({ name, ...forever });
                """))
        .isEqualTo(
            """
            docker.container-exists: A container `life-no` exists already.
            Remove it, take another name, or say what it is to be with `containers.ensure`.\
            """);
    assertThat(
            failure(
                "no",
                """
                const web = await engine.containers.run({ name, ...forever });
                await web.remove();
                """))
        .isEqualTo(
            """
            docker.container-running: Container `life-no` is running.
            Stop it first, or pass `{ force: true }` to remove it while it runs.\
            """);
    assertThat(
            failure(
                "no",
                """
                const web = await engine.containers.create({ name, ...forever });
                await web.kill();
                """))
        .startsWith(
            "docker.container-not-running: Container `life-no` is not running, but created.");
    assertThat(
            failure(
                "no",
                "await engine.containers.run({ name, image: 'lab/bb:1', command: 'no-such-program'"
                    + " });"))
        .startsWith("docker.container-state: Container `")
        .contains("no-such-program");
    assertThat(
            failure("no", "await engine.containers.run({ name, ...forever }, { pul: 'never' });"))
        .startsWith("docker.option: `containers.run` has no option `pul`.");
    assertThat(
            failure(
                "no",
                "await engine.containers.run({ name, image: 'lab/none:1' }, { pull: 'never' });"))
        .startsWith("docker.image-not-found: The engine has no image `lab/none:1`.");
  }

  @EachEngine
  void who_may_read_may_not_change(String engine) {
    at(engine);
    for (var change :
        new String[] {
          "containers.create({ image: 'lab/bb:1' })",
          "containers.run({ image: 'lab/bb:1' })",
          "containers.prune()",
          "container('x').start()",
          "container('x').stop()",
          "container('x').kill()",
          "container('x').restart()",
          "container('x').pause()",
          "container('x').unpause()",
          "container('x').rename('y')",
          "container('x').update({})",
          "container('x').remove()",
          "container('x').commit()",
          "container('x').attach()",
          "container('x').session(['sh'])",
          "container('x').exec(['true'])",
        }) {
      assertThat(user.failure("await docker()." + change + ";", "docker:read"))
          .as(change)
          .startsWith("permission.denied");
    }
  }

  @EachEngine
  void the_home_folder_is_bound_by_who_may_know_it(String engine) {
    user.variable("HOME", user.path().toString());
    user.write("data/file", "there");
    var body =
        with(
            "home",
            """
            const spec = { name, image: 'lab/bb:1', volumes: ['~/data:/d:ro'], command: 'cat /d/file' };
            return [(await engine.containers.run(spec, { detach: false })).stdout];
            """);
    at(engine);
    assertThat(user.failure(body, "docker:write"))
        .startsWith("permission.denied: ")
        .contains("HOME");
    assertThat(user.value(body, "docker:write", "env=HOME")).isEqualTo("[\"there\"]");
  }
}
