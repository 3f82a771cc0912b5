package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.WaitsFor;
import dev.hearth.stdlib.docker.lab.DockerLab;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks, volumes and events of an engine. */
@WaitsFor("docker")
abstract class NetworksContract {
  private final String kind;
  final DockerLab engine;
  UserHome user;

  NetworksContract(String kind) {
    this.kind = kind;
    this.engine = DockerLab.engine(kind);
  }

  @BeforeEach
  void user(@TempDir Path folder) {
    user = new UserHome(folder, "docker").variable("DOCKER_HOST", engine.host());
  }

  private String name(String what) {
    return "hearth-net-" + kind + "-" + what;
  }

  @Test
  void a_network_is_made_once_and_its_differences_are_told() {
    var body =
        """
        const { networks, network } = docker();
        const spec = { name: '%1$s', internal: true, labels: { role: 'web' },
          ipam: { config: [{ subnet: '10.231.7.0/24', gateway: '10.231.7.1' }] } };
        const first = await networks.ensure(spec);
        const second = await networks.ensure(spec);
        const other = { ...spec, labels: { role: 'db' } };
        const refused = await networks.ensure(other).catch((e) => e.code + ': ' + e.message);
        const third = await networks.ensure(other, { recreate: true });
        const found = await networks.find('%1$s');
        await network('%1$s').remove();
        return [first.changed, first.before, second.changed, refused, third.changed, found.Labels.role,
          found.IPAM.Config[0].Subnet, await networks.find('%1$s')];
        """
            .formatted(name("made"));
    assertThat(user.value(body))
        .isEqualTo(
            ("[true,null,false,\"docker.network-differs: Network `%s` is there and differs:"
                    + " `Labels.role` is `web`, not `db`.\",true,\"db\",\"10.231.7.0/24\",null]")
                .formatted(name("made")));
  }

  @Test
  void what_a_network_or_volume_was_made_with_and_is_not_declared_any_more_is_told() {
    var body =
        """
        const { networks, network, volumes, volume } = docker();
        const told = [];
        const tell = async (work) => told.push(await work.then(({ changed }) => changed, (e) => e.details.differences));
        const pool = { subnet: '10.231.9.0/24', gateway: '10.231.9.1' };
        const net = { name: '%1$s', driver: 'bridge', internal: true, attachable: false, labels: { a: '1' }, ipam: { config: [pool] } };
        await networks.ensure({ ...net, labels: { a: '1', b: '2' } });
        await tell(networks.ensure(net));
        await tell(networks.ensure(net, { recreate: true }));
        await tell(networks.ensure(net));
        await tell(networks.ensure({ name: '%1$s', internal: true, labels: { a: '1' } }));
        await tell(networks.ensure({ name: '%1$s' }));
        await network('%1$s').remove();
        const kept = { name: '%1$s', labels: { a: '1' } };
        await volumes.ensure({ ...kept, driver: 'local', labels: { a: '1', b: '2' } });
        await tell(volumes.ensure(kept));
        await tell(volumes.ensure(kept, { recreate: true }));
        await tell(volumes.ensure(kept));
        await tell(volumes.ensure({ name: '%1$s' }));
        await volume('%1$s').remove();
        return told;
        """
            .formatted(name("less"));
    assertThat(user.value(body))
        .isEqualTo(
            """
            [["`Labels.b` is set and no longer declared"],true,false,\
            ["`IPAM.Config[0].Gateway` is set and no longer declared","`IPAM.Config[0].Subnet` is set and no longer declared"],\
            ["`IPAM.Config[0].Gateway` is set and no longer declared","`IPAM.Config[0].Subnet` is set and no longer declared",\
            "`Internal` is set and no longer declared","`Labels.a` is set and no longer declared"],\
            ["`Labels.b` is set and no longer declared"],true,false,["`Labels.a` is set and no longer declared"]]\
            """);
  }

  @Test
  void a_container_joins_and_leaves_a_network_and_stays_on_one_that_is_made_anew() {
    var body =
        """
        const it = docker();
        const container = (await it.request('POST', '/containers/create', { params: { name: '%1$s' },
          body: { Image: 'lab/bb:1', Cmd: ['sleep', '1000'] } })).Id;
        await it.request('POST', `/containers/${container}/start`);
        try {
          await it.networks.create({ name: '%1$s', labels: { v: '1' } });
          await it.network('%1$s').connect('%1$s', { aliases: ['db'] });
          const kept = await it.network('%1$s').remove().catch((e) => e.code);
          const anew = await it.networks.ensure({ name: '%1$s', labels: { v: '2' } }, { recreate: true });
          const { NetworkSettings } = await it.request('GET', `/containers/${container}/json`);
          const joined = Object.values(anew.after.Containers).length;
          const aliases = NetworkSettings.Networks['%1$s'].Aliases;
          await it.network('%1$s').disconnect('%1$s');
          const left = Object.values((await it.network('%1$s').inspect()).Containers).length;
          return [kept, joined, aliases.includes('db'), left];
        } finally {
          await it.request('DELETE', `/containers/${container}`, { params: { force: true } });
          await it.network('%1$s').remove();
        }
        """
            .formatted(name("joined"));
    assertThat(user.value(body)).isEqualTo("[\"%s\",1,true,0]".formatted(inUse()));
  }

  @Test
  void a_network_or_volume_that_is_not_there_is_named() {
    assertThat(user.failure("await docker().network('none-such').inspect();"))
        .isEqualTo(
            "docker.network-not-found: Network `none-such` does not exist.\n"
                + "Make it first: `docker().networks.ensure({ name: 'none-such' })`.");
    assertThat(user.failure("await docker().volume('none-such').inspect();"))
        .isEqualTo(
            "docker.volume-not-found: Volume `none-such` does not exist.\n"
                + "List them with `docker().volumes.list()`.");
    assertThat(user.failure("await docker().network('../info').inspect();"))
        .startsWith("docker.path-segment: ");
  }

  @Test
  void a_volume_that_differs_is_kept_with_what_is_in_it_unless_it_is_given_up() {
    var body =
        """
        const { volumes, volume } = docker();
        const spec = { name: '%1$s', labels: { role: 'data' } };
        const first = await volumes.ensure(spec);
        const second = await volumes.ensure(spec);
        const other = { ...spec, labels: { role: 'cache' } };
        const refused = await volumes.ensure(other).catch((e) => e.code + ': ' + e.message);
        const kept = (await volumes.get('%1$s')).Labels.role;
        const third = await volumes.ensure(other, { recreate: true });
        const listed = (await volumes.list({ filters: { name: ['%1$s'] } })).length;
        await volume('%1$s').remove();
        return [first.changed, second.changed, refused, kept, third.changed, third.after.Labels.role, listed,
          await volumes.find('%1$s')];
        """
            .formatted(name("data"));
    assertThat(user.value(body))
        .isEqualTo(
            ("[true,false,\"docker.volume-differs: Volume `%s` is there and differs: `Labels.role`"
                    + " is `data`, not `cache`.\",\"data\",true,\"cache\",1,null]")
                .formatted(name("data")));
  }

  @Test
  void reading_rights_make_and_remove_nothing() {
    assertThat(user.failure("await docker().volumes.ensure({ name: 'x' });", "docker:read"))
        .startsWith("permission.denied: ");
    assertThat(user.failure("await docker().network('x').remove();", "docker:read"))
        .startsWith("permission.denied: ");
  }

  @Test
  void events_come_from_now_on_and_end_with_the_loop() {
    var body =
        """
        const it = docker();
        const heard = [];
        const events = it.events({ filters: { type: ['volume'] } });
        const next = events.next();
        await it.ping();
        await it.volumes.create({ name: '%1$s' });
        heard.push((await next).value);
        await it.volume('%1$s').remove();
        heard.push((await events.next()).value);
        await events.return();
        return heard.map(({ Type, Action }) => `${Type} ${Action}`);
        """
            .formatted(name("heard"));
    assertThat(user.value(body)).isEqualTo(volumeEvents());
  }

  /** What a network fails with that is to be removed and is in use. */
  String inUse() {
    return "docker.conflict";
  }

  String volumeEvents() {
    return "[\"volume create\",\"volume destroy\"]";
  }

  @Test
  void the_engine_says_what_it_is_and_what_it_holds() {
    assertThat(
            user.value(
                """
                const it = docker();
                const { api, os } = await it.ping();
                const { Images } = await it.diskUsage();
                return [/^1\\.\\d+$/.test(api), os, Images.length > 0];
                """,
                "docker:read"))
        .isEqualTo("[true,\"linux\",true]");
  }
}
