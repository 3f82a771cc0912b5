package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.WaitsFor;
import dev.hearth.stdlib.docker.lab.DockerLab;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Containers that are what they are said to be, on real engines. */
@WaitsFor("docker")
class EnsureContainerTest {
  private UserHome user;

  @BeforeEach
  void home(@TempDir Path folder) {
    user = new UserHome(folder, "docker");
  }

  private EnsureContainerTest at(String engine) {
    user.variable("DOCKER_HOST", DockerLab.engine(engine).host());
    return this;
  }

  /** The body may use `ensure`, `base`, `web` and `net(name)`, which are gone afterwards. */
  private String with(String name, String body) {
    return """
    const engine = docker();
    const base = { name: 'ensure-%1$s', image: 'lab/bb:1', command: ['sleep', '1000'], stop_grace_period: '0s' };
    const web = engine.container(base.name);
    const ensure = (more, options) => engine.containers.ensure({ ...base, ...more }, options);
    const nets = [];
    const net = async (net) => {
      nets.push(net);
      await engine.request('POST', '/networks/create', { body: { Name: net, CheckDuplicate: true } });
    };
    const clean = async () => {
      for (const { Id, Names } of await engine.containers.list({ all: true })) {
        if (!Names.some((it) => it.includes(base.name))) continue;
        // Podman lists for a moment what is gone.
        await engine.container(Id).remove({ force: true, volumes: true }).catch((error) => {
          if (error.code !== 'docker.container-not-found') throw error;
        });
      }
    };
    try {
    %2$s
    } finally {
      await clean();
      for (const net of nets) await engine.request('DELETE', `/networks/${net}`);
    }
    """
        .formatted(name, body);
  }

  private String value(String name, String body) {
    return user.value(with(name, body));
  }

  /** One specification for each key, and what Podman or the lab's kernel cannot do left out. */
  private static final String KEYS =
      """
      const keys = {
        plain: {},
        command: { command: 'sleep 2000' },
        entrypoint: { entrypoint: ['sleep'], command: ['1000'] },
        environment: { environment: { B: 2, A: 'x y', EMPTY: '' } },
        labels: { labels: ['b=2', 'a=1'] },
        user: { user: '1000:1000' },
        working_dir: { working_dir: '/tmp' },
        hostname: { hostname: 'box' },
        domainname: { hostname: 'box', domainname: 'lab.lan' },
        tty: { tty: true, stdin_open: true },
        stop: { stop_signal: 'SIGINT', stop_grace_period: '3s' },
        healthcheck: { healthcheck: { test: 'true', interval: '1m', retries: 2 } },
        nohealth: { healthcheck: { disable: true } },
        restart: { restart: 'on-failure:3' },
        always: { restart: 'always' },
        logging: { logging: { driver: 'json-file', options: { 'max-size': '1m' } } },
        memory: { mem_limit: '64m', mem_reservation: '32m' },
        swap: { mem_limit: '64m', memswap_limit: '128m' },
        shm: { shm_size: '32m' },
        cpus: { cpus: '0.5' },
        shares: { cpu_shares: 512, cpuset: '0' },
        quota: { cpu_period: '100ms', cpu_quota: 50000 },
        pids: { pids_limit: 100 },
        ulimits: { ulimits: { nofile: { soft: 200, hard: 400 }, nproc: 4096 } },
        devices: { devices: ['/dev/null:/dev/x:rw'] },
        caps: { cap_add: ['NET_ADMIN'], cap_drop: ['MKNOD'] },
        security: { security_opt: ['no-new-privileges:true'] },
        read_only: { read_only: true, tmpfs: ['/run', '/scratch:size=1m'] },
        group_add: { group_add: ['1000'] },
        sysctls: { sysctls: { 'net.ipv4.ip_unprivileged_port_start': 0 } },
        ipc: { ipc: 'private' },
        pid: { pid: 'host' },
        dns: { dns: ['10.0.0.1'], dns_search: 'lan', dns_opt: ['ndots:2'] },
        hosts: { extra_hosts: { nas: '10.0.0.5' } },
        ports: { ports: ['127.0.0.1::80', { target: 81, protocol: 'udp' }] },
        expose: { expose: ['3000-3001', '53/udp'] },
        named: { volumes: ['ensure-vol:/v:ro'] },
        shared: { volumes: ['ensure-shared:/v:ro,z'] },
        anonymous: { volumes: ['/data'] },
        bind: { volumes: ['/tmp:/host:ro'] },
        memoryMount: { volumes: [{ type: 'tmpfs', target: '/m', tmpfs: { size: '1m' } }] },
        mode: { network_mode: 'none' },
        networks: { networks: { 'ensure-a': { aliases: ['www'] }, 'ensure-b': null } },
        deploy: { deploy: { resources: { limits: { cpus: '0.5', memory: '64m' } } } },
        raw: { raw: { HostConfig: { PidsLimit: 77 } } },
      };
      await net('ensure-a');
      await net('ensure-b');
      """;

  @EachEngine
  void the_second_time_nothing_changes_whatever_the_key(String engine) {
    assertThat(
            at(engine)
                .value(
                    "twice",
                    KEYS
                        + """
                        const wrong = [];
                        const left = Object.entries(keys);
                        const work = async () => { // most of the time an engine waits, too
                          for (let next = left.pop(); next; next = left.pop()) {
                            const [key, spec] = next;
                            const named = { name: `${base.name}-${left.length}`, ...spec };
                            const first = await ensure(named);
                            const second = await ensure(named);
                            if (!first.changed || second.changed || second.changes.length || second.after.Id !== first.after.Id) {
                              wrong.push([key, first.changes, second.changes]);
                            }
                            await engine.container(first.after.Id).remove({ force: true, volumes: true });
                          }
                        };
                        await Promise.all([work(), work(), work(), work()]);
                        return wrong;
                        """))
        .isEqualTo("[]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"20", "26"})
  void what_somebody_else_made_that_way_is_left_alone(String engine) {
    assertThat(
            at(engine)
                .value(
                    "others",
                    KEYS
                        + """
                        const wrong = [];
                        for (const [key, spec] of Object.entries(keys)) {
                          await engine.containers.create({ ...base, ...spec });
                          const { changed, changes } = await ensure(spec, { start: false });
                          if (changed || changes.length) wrong.push([key, changes]);
                          await clean();
                        }
                        return wrong;
                        """))
        .isEqualTo("[]");
  }

  @EachEngine
  void what_differs_is_told_and_made_anew(String engine) {
    assertThat(
            at(engine)
                .value(
                    "differs",
                    """
                    const made = await ensure({ environment: { A: 1 } });
                    const told = [];
                    const tell = ({ changed, changes, recreated, before, after }) =>
                      told.push([changed, changes, recreated, before !== null && before.Id !== after.Id, after.State.Status]);
                    tell(made);
                    tell(await ensure({ environment: { A: 2 }, hostname: 'x' }));
                    tell(await ensure({ environment: { A: 2 }, hostname: 'x' }));
                    await web.kill(); await web.wait();
                    tell(await ensure({ environment: { A: 2 }, hostname: 'x' }));
                    tell(await ensure({ hostname: 'x' }));
                    const names = (await engine.containers.list({ all: true })).flatMap(({ Names }) => Names).filter((it) => it.includes(base.name));
                    return [...told, names];
                    """))
        .isEqualTo(
            """
            [[true,["created"],false,false,"running"],\
            [true,["environment","hostname"],true,true,"running"],\
            [false,[],false,false,"running"],\
            [true,["started"],false,false,"running"],\
            [true,["environment"],true,true,"running"],\
            ["/ensure-differs"]]\
            """);
  }

  /** What is said first, what is said then, and the keys that differ. */
  private static final String TAKEN_OUT =
      """
      const taken = {
        variable: [{ environment: { A: 1, B: 2 } }, { environment: { A: 1 } }, 'environment'],
        variables: [{ environment: { A: 1 } }, {}, 'environment'],
        label: [{ labels: { a: 1, b: 2 } }, { labels: { a: 1 } }, 'labels'],
        empty: [{ labels: { a: 1, b: '' } }, { labels: { a: 1 } }, 'labels'],
        labels: [{ labels: { a: 1 } }, {}, 'labels'],
        port: [{ ports: ['127.0.0.1::80', '127.0.0.1::81'] }, { ports: ['127.0.0.1::80'] }, 'ports'],
        both: [{ ports: ['127.0.0.1:8080:80', '8081:80'] }, { ports: ['127.0.0.1:8080:80'] }, 'ports'],
        wider: [{ ports: ['8080:80'] }, { ports: ['127.0.0.1:8080:80'] }, 'ports'],
        narrower: [{ ports: ['127.0.0.1:8080:80'] }, { ports: ['8080:80'] }, 'ports'],
        ports: [{ ports: ['127.0.0.1::80'] }, {}, 'ports'],
        exposed: [{ expose: [80, 81] }, { expose: [80] }, 'expose'],
        volume: [{ volumes: ['ensure-a:/a', 'ensure-b:/b'] }, { volumes: ['ensure-a:/a'] }, 'volumes'],
        folder: [{ volumes: ['/tmp:/a', '/tmp:/b'] }, { volumes: ['/tmp:/a'] }, 'volumes'],
        anonymous: [{ volumes: ['/a', '/b'] }, { volumes: ['/a'] }, 'volumes'],
        volumes: [{ volumes: ['ensure-a:/a'] }, {}, 'volumes'],
        right: [{ cap_add: ['NET_ADMIN', 'SYS_TIME'] }, { cap_add: ['NET_ADMIN'] }, 'cap_add'],
        rights: [{ cap_drop: ['MKNOD'] }, {}, 'cap_drop'],
        host: [{ extra_hosts: { nas: '10.0.0.5', tv: '10.0.0.6' } }, { extra_hosts: { nas: '10.0.0.5' } }, 'extra_hosts'],
        dns: [{ dns: ['10.0.0.1', '10.0.0.2'] }, { dns: ['10.0.0.1'] }, 'dns'],
        memory: [{ tmpfs: ['/run', '/scratch'] }, { tmpfs: ['/run'] }, 'tmpfs'],
        device: [{ devices: ['/dev/null:/dev/x', '/dev/null:/dev/y'] }, { devices: ['/dev/null:/dev/x'] }, 'devices'],
        ulimit: [{ ulimits: { nofile: 200, core: 0 } }, { ulimits: { nofile: 200 } }, 'ulimits'],
        kernel: [{ sysctls: { 'net.ipv4.ip_unprivileged_port_start': 0 } }, {}, 'sysctls'],
        command: [{ command: ['sleep', '10'] }, { command: null }, 'command'],
        hostname: [{ hostname: 'box' }, {}, 'hostname'],
        health: [{ healthcheck: { test: 'true', interval: '1m', retries: 5 } }, { healthcheck: { test: 'true', interval: '1m' } }, 'healthcheck'],
        limit: [{ mem_limit: '64m' }, {}, 'mem_limit'],
        zero: [{ mem_limit: '64m' }, { mem_limit: 0 }, 'mem_limit'],
        zeros: [{ cpus: 0.5, cpu_shares: 512, mem_reservation: '32m' }, { cpus: 0, cpu_shares: 0, mem_reservation: 0 }, 'cpus,cpu_shares,mem_reservation'],
        processes: [{ pids_limit: 100 }, { pids_limit: 0 }, 'pids_limit'],
        swap: [{ mem_limit: '64m', memswap_limit: 0 }, { mem_limit: '128m', memswap_limit: 0 }, 'mem_limit'],
        restart: [{ restart: 'always' }, {}, 'restart'],
        retries: [{ restart: 'on-failure:3' }, { restart: 'on-failure' }, 'restart'],
        network: [{ networks: ['ensure-a', 'ensure-b'] }, { networks: ['ensure-a'] }, 'networks'],
        alias: [{ networks: { 'ensure-a': { aliases: ['x', 'y'] } } }, { networks: { 'ensure-a': { aliases: ['x'] } } }, 'networks'],
        networks: [{ networks: ['ensure-a'] }, {}, 'networks'],
        raw: [{ raw: { HostConfig: { ShmSize: 33554432 } } }, {}, 'raw.HostConfig.ShmSize'],
      };
      const still = { start: false };
      await net('ensure-a');
      await net('ensure-b');
      """;

  @EachEngine
  void what_an_earlier_one_said_and_this_one_does_not_is_told_and_gone(String engine) {
    assertThat(
            at(engine)
                .value(
                    "taken",
                    TAKEN_OUT
                        + """
                        const wrong = [];
                        for (const [key, [before, after, differs]] of Object.entries(taken)) {
                          await ensure(before, still);
                          const { changed, changes } = await ensure(after, still);
                          const again = await ensure(after, still);
                          if (!changed || changes.join() !== differs || again.changed || again.changes.length) {
                            wrong.push([key, changes, again.changes]);
                          }
                          await clean();
                        }
                        return wrong;
                        """))
        .isEqualTo("[]");
  }

  @EachEngine
  void what_the_image_says_is_no_difference_whatever_is_said_beside_it(String engine) {
    assertThat(
            at(engine)
                .value(
                    "defaults",
                    """
                    const still = { start: false };
                    const source = await engine.containers.create({ image: 'lab/bb:1', command: ['true'] });
                    await source.commit({
                      image: 'ensure/defaults:1',
                      changes: ['ENV OF=image', 'ENV BOTH=image', 'LABEL of=image', 'VOLUME /kept', 'EXPOSE 7070', 'USER 1', 'WORKDIR /tmp'],
                    });
                    await source.remove();
                    const image = { image: 'ensure/defaults:1' };
                    const full = {
                      ...image, environment: { OWN: 1, BOTH: 'own' }, labels: { own: 1 }, volumes: ['/own'], expose: ['9090'],
                      user: '2', working_dir: '/',
                    };
                    const part = { ...image, environment: { OWN: 1 }, labels: { own: 1 }, volumes: ['/own'], expose: ['9090'] };
                    const told = [];
                    try {
                      for (const spec of [image, full, full, part, part, image, image]) {
                        told.push((await ensure(spec, still)).changes.sort().join());
                      }
                      const { Config } = (await ensure(image, still)).after;
                      told.push(Config.Env.filter((it) => /^(OF|BOTH|OWN)=/.test(it)).sort().join(), Config.User);
                      return told;
                    } finally {
                      await clean();
                      await engine.request('DELETE', '/images/ensure/defaults:1');
                    }
                    """))
        .isEqualTo(
            """
            ["created","environment,expose,labels,user,volumes,working_dir","",\
            "environment,user,working_dir","","environment,expose,labels,volumes","",\
            "BOTH=image,OF=image","1"]\
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"20", "26"})
  void more_rights_than_are_said_are_told_of_what_somebody_else_made(String engine) {
    assertThat(
            at(engine)
                .value(
                    "rights",
                    """
                    const told = [];
                    const others = {
                      ports: [{ ports: ['127.0.0.1:8080:80'] }, { ports: ['127.0.0.1:8080:80', '8081:81'] }],
                      all: [{ ports: ['127.0.0.1:8080:80'] }, { ports: ['127.0.0.1:8080:80'], raw: { HostConfig: { PublishAllPorts: true } } }],
                      volumes: [{ volumes: ['/tmp:/t:ro'] }, { volumes: ['/tmp:/t:ro', '/:/host'] }],
                      labels: [{ labels: { a: 1 } }, { labels: { a: 1, b: 2 } }],
                    };
                    for (const [wished, made] of Object.values(others)) {
                      await engine.containers.create({ ...base, ...made });
                      told.push((await ensure(wished, { start: false })).changes.join());
                      await clean();
                    }
                    return told;
                    """))
        .isEqualTo("[\"ports\",\"ports\",\"volumes\",\"\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"20", "26"})
  void what_was_added_in_place_and_is_no_longer_said_is_taken_away(String engine) {
    assertThat(
            at(engine)
                .value(
                    "added",
                    """
                    await net('ensure-e');
                    const told = [];
                    const still = { start: false };
                    const tell = ({ changes, recreated }) => told.push([changes.sort().join(), recreated]);
                    for (const more of [
                      {}, { restart: 'always' }, {}, { mem_limit: '64m' }, { mem_limit: '96m' }, { mem_limit: '96m' }, {},
                      { networks: ['ensure-e'] }, {}, {},
                    ]) tell(await ensure(more, still));
                    return told;
                    """))
        .isEqualTo(
            """
            [["created",false],["restart",false],["restart",false],["mem_limit",false],["mem_limit",false],\
            ["",false],["mem_limit",true],["networks",false],["networks",true],["",false]]\
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"20", "26"})
  void what_the_engine_can_change_is_changed_in_place(String engine) {
    assertThat(
            at(engine)
                .value(
                    "place",
                    """
                    await net('ensure-c');
                    await net('ensure-d');
                    const first = await ensure({ mem_limit: '64m', memswap_limit: '64m', networks: ['ensure-c'] });
                    const { changes, recreated, after } = await ensure({
                      mem_limit: '96m', memswap_limit: '96m', restart: 'always', networks: { 'ensure-c': null, 'ensure-d': { aliases: ['www'] } } });
                    const away = await ensure({ mem_limit: '96m', memswap_limit: '96m', restart: 'always', networks: ['ensure-d'] });
                    return [changes.sort(), recreated, after.HostConfig.Memory, after.HostConfig.RestartPolicy.Name,
                      Object.keys(after.NetworkSettings.Networks).sort(), away.changes, away.recreated,
                      Object.keys(away.after.NetworkSettings.Networks), away.after.Id === first.after.Id];
                    """))
        .isEqualTo(
            """
            [["mem_limit","memswap_limit","networks","restart"],false,100663296,"always",\
            ["ensure-c","ensure-d"],["networks"],false,["ensure-d"],true]\
            """);
  }

  @EachEngine
  void data_in_a_volume_without_a_name_goes_on(String engine) {
    assertThat(
            at(engine)
                .value(
                    "data",
                    """
                    await ensure({ volumes: ['/data'] });
                    await web.write('/data/kept', 'yes');
                    const { recreated } = await ensure({ volumes: ['/data'], hostname: 'other' });
                    const again = await ensure({ volumes: ['/data'], hostname: 'other' });
                    return [recreated, await web.read('/data/kept'), again.changed];
                    """))
        .isEqualTo("[true,\"yes\",false]");
  }

  @EachEngine
  void an_image_that_changed_under_its_name_counts(String engine) {
    assertThat(
            at(engine)
                .value(
                    "image",
                    """
                    const build = async (file) => {
                      const source = await engine.containers.run({ image: 'lab/bb:1', command: ['touch', file] });
                      await source.wait();
                      await source.commit({ image: 'ensure/app:1' });
                      await source.remove();
                    };
                    try {
                      await build('/one');
                      await ensure({ image: 'ensure/app:1' });
                      const same = await ensure({ image: 'ensure/app:1' });
                      await build('/two');
                      const other = await ensure({ image: 'ensure/app:1' });
                      return [same.changed, other.changes, (await web.stat('/two')) !== null];
                    } finally {
                      await clean();
                      await engine.request('DELETE', '/images/ensure/app:1');
                    }
                    """))
        .isEqualTo("[false,[\"image\"],true]");
  }

  @EachEngine
  void where_the_new_one_does_not_start_the_old_one_runs_again(String engine) {
    assertThat(
            at(engine)
                .value(
                    "back",
                    """
                    const { after } = await ensure({});
                    let code;
                    try {
                      await ensure({ command: ['no-such-program'] });
                    } catch (error) {
                      code = error.code;
                    }
                    const now = await web.inspect();
                    const names = (await engine.containers.list({ all: true })).flatMap(({ Names }) => Names).filter((it) => it.includes(base.name));
                    return [code, now.Id === after.Id, now.State.Status, names];
                    """))
        .isEqualTo("[\"docker.container-state\",true,\"running\",[\"/ensure-back\"]]");
  }

  @EachEngine
  void a_container_may_be_made_and_not_started(String engine) {
    assertThat(
            at(engine)
                .value(
                    "stopped",
                    """
                    const first = await ensure({}, { start: false });
                    const second = await ensure({}, { start: false });
                    const third = await ensure({});
                    return [first.after.State.Status, second.changed, third.changes];
                    """))
        .isEqualTo("[\"created\",false,[\"started\"]]");
    assertThat(user.failure("await docker().containers.ensure({ image: 'lab/bb:1' });"))
        .isEqualTo(
            """
            docker.spec-value: `name` of the container is missing.
            Name the container: that is how it is found the next time.\
            """);
  }
}
