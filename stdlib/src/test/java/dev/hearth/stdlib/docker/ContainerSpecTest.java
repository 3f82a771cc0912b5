package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the keys of a specification become. */
class ContainerSpecTest {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .build();

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ContainerSpec spec(String keys) {
    return ContainerSpec.of(
        (ObjectNode) json("{image: 'bb', " + keys + "}"),
        SpecPlace.in(Path.of("/base/app"), () -> Path.of("/home/me")));
  }

  private static String failure(String keys) {
    var e = catchThrowableOfType(HearthException.class, () -> spec(keys));
    assertThat(e).as("it did not fail").isNotNull();
    return e.sentence() + " " + e.hint();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "command: 'sh -c \"echo $A  b\" a\\\\ b' | Cmd: ['sh', '-c', 'echo $A  b', 'a b']",
        "command: [1, 'a b']        | Cmd: ['1', 'a b']",
        "entrypoint: ''             | Entrypoint: []",
        "environment: {A: 1, B: 'x=y', C: true, D: null, E: ''} | Env: ['A=1', 'B=x=y', 'C=true', 'D', 'E=']",
        "environment: ['A=1', 'D']  | Env: ['A=1', 'D']",
        "labels: ['a=b', 'c']       | Labels: {a: 'b', c: ''}",
        "labels: {a: 1.5}           | Labels: {a: '1.5'}",
        "user: 1000                 | User: '1000'",
        "working_dir: '/srv'        | WorkingDir: '/srv'",
        "hostname: 'h', domainname: 'd.lan' | Hostname: 'h', Domainname: 'd.lan'",
        "tty: true, stdin_open: 'false' | Tty: true, OpenStdin: false",
        "stop_signal: 'SIGINT', stop_grace_period: '1m30.5s' | StopSignal: 'SIGINT', StopTimeout: 91",
        "healthcheck: {test: 'true', interval: '1m30s', timeout: '500ms', retries: 3, start_period: '2s'} | Healthcheck: {Test: ['CMD-SHELL', 'true'], Interval: 90000000000, Timeout: 500000000, StartPeriod: 2000000000, Retries: 3}",
        "healthcheck: {test: ['CMD', 'wget', '-q']} | Healthcheck: {Test: ['CMD', 'wget', '-q']}",
        "healthcheck: {disable: true} | Healthcheck: {Test: ['NONE']}",
        "expose: [80, '90-91/udp']  | ExposedPorts: {'80/tcp': {}, '90/udp': {}, '91/udp': {}}",
        "mac_address: '02:42:ac:11:00:02' | MacAddress: '02:42:ac:11:00:02'",
        "volumes: ['/data']         | Volumes: {'/data': {}}",
        "volumes: [{type: 'volume', target: '/data'}] | Volumes: {'/data': {}}",
        "restart: 'on-failure:3'    | HostConfig: {RestartPolicy: {Name: 'on-failure', MaximumRetryCount: 3}}",
        "restart: false             | HostConfig: {RestartPolicy: {Name: 'no'}}",
        "init: true, privileged: true, read_only: true | HostConfig: {Init: true, Privileged: true, ReadonlyRootfs: true}",
        "cap_add: ['NET_ADMIN'], cap_drop: ['ALL'] | HostConfig: {CapAdd: ['NET_ADMIN'], CapDrop: ['ALL']}",
        "security_opt: ['no-new-privileges:true'] | HostConfig: {SecurityOpt: ['no-new-privileges:true']}",
        "mem_limit: '64m', memswap_limit: -1, mem_reservation: 1024, shm_size: '1.5GiB' | HostConfig: {Memory: 67108864, MemorySwap: -1, MemoryReservation: 1024, ShmSize: 1610612736}",
        "cpus: 0.5, cpu_shares: '512', cpuset: '0-1' | HostConfig: {NanoCpus: 500000000, CpuShares: 512, CpusetCpus: '0-1'}",
        "cpus: '1.25', cpu_period: '100ms', cpu_quota: 5000 | HostConfig: {NanoCpus: 1250000000, CpuPeriod: 100000, CpuQuota: 5000}",
        "pids_limit: -1             | HostConfig: {PidsLimit: -1}",
        "ulimits: {nproc: 65535, nofile: {soft: 20, hard: 40}} | HostConfig: {Ulimits: [{Name: 'nproc', Soft: 65535, Hard: 65535}, {Name: 'nofile', Soft: 20, Hard: 40}]}",
        "sysctls: ['net.core.somaxconn=1024'] | HostConfig: {Sysctls: {'net.core.somaxconn': '1024'}}",
        "sysctls: {'net.core.somaxconn': 1024} | HostConfig: {Sysctls: {'net.core.somaxconn': '1024'}}",
        "devices: ['/dev/null:/dev/x:r', '/dev/zero'] | HostConfig: {Devices: [{PathOnHost: '/dev/null', PathInContainer: '/dev/x', CgroupPermissions: 'r'}, {PathOnHost: '/dev/zero', PathInContainer: '/dev/zero', CgroupPermissions: 'rwm'}]}",
        "dns: '10.0.0.1', dns_search: ['lan'], dns_opt: ['ndots:2'] | HostConfig: {Dns: ['10.0.0.1'], DnsSearch: ['lan'], DnsOptions: ['ndots:2']}",
        "extra_hosts: ['a=10.0.0.1', 'b:10.0.0.2', 'c=[::1]'] | HostConfig: {ExtraHosts: ['a:10.0.0.1', 'b:10.0.0.2', 'c:::1']}",
        "extra_hosts: {a: ['10.0.0.1', '10.0.0.2']} | HostConfig: {ExtraHosts: ['a:10.0.0.1', 'a:10.0.0.2']}",
        "group_add: [1000, 'mail']  | HostConfig: {GroupAdd: ['1000', 'mail']}",
        "ipc: 'host', pid: 'host', uts: 'host', userns_mode: 'host', cgroup: 'private' | HostConfig: {IpcMode: 'host', PidMode: 'host', UTSMode: 'host', UsernsMode: 'host', CgroupnsMode: 'private'}",
        "cgroup_parent: '/x', runtime: 'runc', network_mode: 'host' | HostConfig: {CgroupParent: '/x', Runtime: 'runc', NetworkMode: 'host'}",
        "logging: {driver: 'json-file', options: {'max-size': '1m', 'max-file': 2}} | HostConfig: {LogConfig: {Type: 'json-file', Config: {'max-size': '1m', 'max-file': '2'}}}",
        "storage_opt: {size: '1G'}  | HostConfig: {StorageOpt: {size: '1G'}}",
        "tmpfs: '/run'              | HostConfig: {Tmpfs: {'/run': ''}}",
        "tmpfs: ['/run:size=64m,mode=1777'] | HostConfig: {Tmpfs: {'/run': 'size=64m,mode=1777'}}",
        "volumes: ['db:/var/lib/db:ro,nocopy'] | HostConfig: {Mounts: [{Type: 'volume', Target: '/var/lib/db', ReadOnly: true, Source: 'db', VolumeOptions: {NoCopy: true}}]}",
        "volumes: ['./www:/srv:ro', '/etc/x:/etc/x', '../up:/up:rw,rslave'] | HostConfig: {Binds: ['/base/app/www:/srv:ro', '/etc/x:/etc/x:rw', '/base/up:/up:rw,rslave']}",
        "volumes: ['~/data:/data', {type: 'bind', source: 'www', target: '/w'}, {type: 'bind', source: '~', target: '/h'}] | HostConfig: {Binds: ['/home/me/data:/data:rw', '/base/app/www:/w:rw', '/home/me:/h:rw']}",
        "volumes: ['db:/x:Z', {type: 'volume', source: 'db', target: '/y', read_only: true, bind: {selinux: 'z'}, volume: {nocopy: true}}] | HostConfig: {Binds: ['db:/x:rw,Z', 'db:/y:ro,z,nocopy']}",
        "volumes: [{type: 'bind', source: '/a:b', target: '/x', bind: {propagation: 'rshared', create_host_path: false}}] | HostConfig: {Mounts: [{Type: 'bind', Target: '/x', Source: '/a:b', BindOptions: {Propagation: 'rshared'}}]}",
        "volumes: [{type: 'tmpfs', target: '/x', tmpfs: {size: '1m', mode: 448}}] | HostConfig: {Mounts: [{Type: 'tmpfs', Target: '/x', TmpfsOptions: {SizeBytes: 1048576, Mode: 448}}]}",
        "gpus: 'all'                | HostConfig: {DeviceRequests: [{Count: -1, Capabilities: [['gpu']]}]}",
        "deploy: {resources: {limits: {cpus: '0.5', memory: '64m', pids: 10}, reservations: {memory: '32m'}}} | HostConfig: {NanoCpus: 500000000, Memory: 67108864, PidsLimit: 10, MemoryReservation: 33554432}",
        "command: null, labels: null, 'x-mine': 3 | ",
        "tty: true, raw: {Tty: false, HostConfig: {Init: true}}, privileged: true | Tty: false, HostConfig: {Privileged: true, Init: true}",
      })
  void a_key_becomes_what_the_api_takes(String keys, String body) {
    assertThat(json(spec(keys).creation().toString()))
        .isEqualTo(json(body == null ? "{Image: 'bb'}" : "{Image: 'bb', " + body + "}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "3000                       | '3000/tcp': [['', '']]",
        "'3000-3001'                | '3000/tcp': [['', '']], '3001/tcp': [['', '']]",
        "'8000:80'                  | '80/tcp': [['', '8000']]",
        "'9090-9091:8080-8081'      | '8080/tcp': [['', '9090']], '8081/tcp': [['', '9091']]",
        "'8000-9000:80'             | '80/tcp': [['', '8000-9000']]",
        "'127.0.0.1:8001:8001'      | '8001/tcp': [['127.0.0.1', '8001']]",
        "'127.0.0.1::80'            | '80/tcp': [['127.0.0.1', '']]",
        "'[::1]:6000:6000'          | '6000/tcp': [['::1', '6000']]",
        "'::1:6000:6000'            | '6000/tcp': [['::1', '6000']]",
        "'6060:6060/udp'            | '6060/udp': [['', '6060']]",
        "'0:80'                     | '80/tcp': [['', '0']]",
        "{target: 80}               | '80/tcp': [['', '']]",
        "{target: 80, published: '8080', host_ip: '127.0.0.1', protocol: 'udp', mode: 'host'} | '80/udp': [['127.0.0.1', '8080']]",
        "{target: 80, published: '8000-8010'} | '80/tcp': [['', '8000-8010']]",
      })
  void a_port_in_any_form_is_published(String port, String bindings) {
    var body = spec("ports: [" + port + "]").creation();
    var told = JSON.createObjectNode();
    for (var each : body.path("HostConfig").path("PortBindings").properties()) {
      var all = told.putArray(each.getKey());
      each.getValue()
          .forEach(
              one ->
                  all.addArray()
                      .add(one.path("HostIp").textValue())
                      .add(one.path("HostPort").textValue()));
    }
    assertThat(told).isEqualTo(json("{" + bindings + "}"));
    assertThat(body.path("ExposedPorts").properties())
        .extracting(each -> each.getKey())
        .containsExactlyInAnyOrderElementsOf(() -> told.fieldNames());
  }

  @Test
  void a_port_may_be_published_at_several_addresses() {
    assertThat(
            spec("ports: ['127.0.0.1:80:80', '10.0.0.1:80:80']")
                .body()
                .at("/HostConfig/PortBindings/80~1tcp"))
        .hasSize(2);
  }

  @Test
  void it_is_made_in_its_first_network_and_connected_to_the_others() {
    var spec =
        spec(
            """
            networks: {
              back: null,
              front: {aliases: ['www'], ipv4_address: '10.9.0.5', priority: 10},
              more: {link_local_ips: ['169.254.8.8'], driver_opts: {a: 1}},
            }"""
                .replace(",\n}", "\n}"));
    assertThat(spec.creation())
        .isEqualTo(
            json(
                """
                {Image: 'bb', HostConfig: {NetworkMode: 'front'}, NetworkingConfig: {EndpointsConfig: {
                  front: {Aliases: ['www'], IPAMConfig: {IPv4Address: '10.9.0.5'}}}}}"""));
    assertThat(spec.connections())
        .containsExactly(
            Map.entry("back", JSON.createObjectNode()),
            Map.entry(
                "more",
                (ObjectNode)
                    json("{IPAMConfig: {LinkLocalIPs: ['169.254.8.8']}, DriverOpts: {a: '1'}}")));
    assertThat(spec("networks: ['a']").connections()).isEmpty();
  }

  @Test
  void names_mean_what_the_place_says() {
    var place =
        SpecPlace.in(Path.of("/p"), () -> Path.of("/p"))
            .volumes(name -> "proj_" + name)
            .networks(name -> "net_" + name);
    var spec =
        ContainerSpec.of(
            (ObjectNode) json("{image: 'bb', volumes: ['db:/db'], networks: ['a']}"), place);
    assertThat(spec.body().at("/HostConfig/Mounts/0/Source").asText()).isEqualTo("proj_db");
    assertThat(spec.networks()).containsOnlyKeys("net_a");
  }

  @Test
  void what_is_no_part_of_the_body_is_told_beside_it() {
    var spec =
        spec(
            "container_name: 'web', platform: 'linux/arm64', pull_policy: 'if_not_present',"
                + " mem_limit: 1, healthcheck: {start_interval: '1s'}, annotations: {a: 'b'}");
    assertThat(spec.name()).isEqualTo("web");
    assertThat(spec.platform()).isEqualTo("linux/arm64");
    assertThat(spec.pull()).isEqualTo("missing");
    assertThat(spec.keys()).containsEntry("HostConfig.Memory", "mem_limit");
    assertThat(spec.needs())
        .extracting(need -> need.since() + " " + need.what())
        .containsExactlyInAnyOrder("1.44 `healthcheck.start_interval`", "1.43 `annotations`");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "enviroment: {}       | A container has no key `enviroment`. Did you mean `environment`?",
        "build: '.'           | A container has no key `build`. Compose does what it says: run the file with `docker().compose(…)`, or leave it out.",
        "zzz: 1               | A container has no key `zzz`. Keys are those of services in the Compose specification; `raw: { HostConfig: { … } }` takes fields of the API's own.",
        "privileged: 'yes'    | `privileged` of the container is `yes`, which is no truth value. Write `true` or `false`.",
        "ports: '80'          | `ports` of the container is `80`, which is no list. Write it as a list.",
        "ports: ['80', 'x']   | `ports[1]` of the container is `x`, which is no port. Write `8080:80`, `127.0.0.1:8080:80`, `3000-3005`, `53:53/udp`, or `target` and `published` by name.",
        "ports: [99999]       | `ports[0]` of the container has the ports 99999. Ports go from 1 to 65535, the lower one first.",
        "ports: ['1-2:3-5']   | `ports[0]` of the container has ranges of 2 and 3 ports. Give both the same length.",
        "ports: [{published: 1}] | `ports[0]` of the container has no `target`. Add it.",
        "ports: [{target: 1, publish: 1}] | `ports[0]` of the container has no field `publish`. Did you mean `published`?",
        "mem_limit: 'much'    | `mem_limit` of the container is `much`, which is no size. Write bytes, or a number with a unit: `512m`, `2GiB`.",
        "mem_limit: '9e9g'    | `mem_limit` of the container is `9e9g`, which is no size. Write bytes, or a number with a unit: `512m`, `2GiB`.",
        "mem_limit: -5        | `mem_limit` of the container is `-5`, which is no size. Write bytes, or a number with a unit: `512m`, `2GiB`.",
        "stop_grace_period: 10 | `stop_grace_period` of the container is `10`, which is no duration. Write a number with its unit, such as `500ms`, `30s`, `1m30s`.",
        "command: 'sh -c \"x' | `command` of the container has a quote that is not closed. Close it, or write a list of words.",
        "command: [['a']]     | `command[0]` of the container is a list, which is no text. Write a text.",
        "environment: {A: [1]} | `environment.A` of the container is a list, which is no text. Write a text.",
        "environment: 'A=1'   | `environment` of the container is `A=1`, which is no object of names and values. Write `{ NAME: 'value' }`, or a list of `NAME=value`.",
        "volumes: ['a:b']     | `volumes[0]` of the container has a path in the container that is not absolute. Begin it with `/`.",
        "volumes: ['./a:/b:rx'] | `volumes[0]` of the container has the option `rx`, which there is not. Options are `ro`, `rw`, `nocopy`, `z`, `Z` and the propagations such as `rslave`.",
        "volumes: [{type: 'bind', source: '~joe/x', target: '/x'}] | `volumes[0].source` of the container names `~joe/x`, which is in the home of somebody else. Write the whole path; `~/` is the home of the user who runs the recipe.",
        "volumes: ['a b:/x'] | `volumes[0]` of the container has `a b`, which is no name of a volume. Use `a-z A-Z 0-9 _ . -`, the first a letter or digit; begin a folder of the host with `./` or `/`.",
        "volumes: [{type: 'volume', source: 'a', target: '/x', bind: {propagation: 'shared'}}] | `volumes[0].bind` of the container has no field `propagation`. It has `selinux`.",
        "command: 'a && b'    | `command` of the container has `&` outside of quotes, which no shell reads. Write `sh -c '…'` around it, or put it in quotes.",
        "volumes: [{type: 'bind', target: '/x'}] | `volumes[0]` of the container has no `source`. Add it.",
        "volumes: [{type: 'bind', source: '/', target: '/x', volume: {}}] | `volumes[0]` of the container is a bind and has `volume`. Leave `volume` out.",
        "restart: 'sometimes' | `restart` of the container is `sometimes`, which is no restart policy. Write `no`, `always`, `unless-stopped`, `on-failure` or `on-failure:3`.",
        "healthcheck: {test: ['wget']} | `healthcheck.test` of the container does not begin with `NONE`, `CMD` or `CMD-SHELL`. Write `['CMD', 'program', 'argument']`, or a text for the shell.",
        "name: '../x'         | `name` of the container is `../x`, which is no name of a container. Use two or more of `a-z A-Z 0-9 _ . -`, the first a letter or digit.",
        "oom_score_adj: 2000  | `oom_score_adj` of the container is 2000. It goes from -1000 to 1000.",
        "command: 'a\\u0000b' | `command` of the container has a NUL character in it. Take it out: no program can be given one.",
        "raw: 'x'             | `raw` of the container is `x`, which is no object. Write fields of the API's own: `raw: { HostConfig: { … } }`.",
        "image: null          | `image` of the container is missing. Name the image that the container is made of: `image: 'nginx:1.27'`.",
      })
  void what_cannot_be_meant_is_refused_where_it_stands(String keys, String message) {
    assertThat(failure(keys)).isEqualTo(message);
  }

  @Test
  void every_key_of_the_compose_specification_that_the_api_can_do_is_known() {
    assertThat(new TreeSet<>(ContainerSpec.known()))
        .containsExactly(
            "annotations",
            "blkio_config",
            "cap_add",
            "cap_drop",
            "cgroup",
            "cgroup_parent",
            "command",
            "container_name",
            "cpu_period",
            "cpu_quota",
            "cpu_rt_period",
            "cpu_rt_runtime",
            "cpu_shares",
            "cpus",
            "cpuset",
            "deploy",
            "device_cgroup_rules",
            "devices",
            "dns",
            "dns_opt",
            "dns_search",
            "domainname",
            "entrypoint",
            "environment",
            "expose",
            "extra_hosts",
            "gpus",
            "group_add",
            "healthcheck",
            "hostname",
            "image",
            "init",
            "ipc",
            "isolation",
            "labels",
            "links",
            "logging",
            "mac_address",
            "mem_limit",
            "mem_reservation",
            "mem_swappiness",
            "memswap_limit",
            "name",
            "network_mode",
            "networks",
            "oom_kill_disable",
            "oom_score_adj",
            "pid",
            "pids_limit",
            "platform",
            "ports",
            "privileged",
            "pull_policy",
            "read_only",
            "restart",
            "runtime",
            "security_opt",
            "shm_size",
            "stdin_open",
            "stop_grace_period",
            "stop_signal",
            "storage_opt",
            "sysctls",
            "tmpfs",
            "tty",
            "ulimits",
            "user",
            "userns_mode",
            "uts",
            "volumes",
            "volumes_from",
            "working_dir");
  }
}
