package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.WaitsFor;
import dev.hearth.stdlib.docker.lab.DockerLab;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hearth's model of a file is what Docker's Compose plug-in makes of it. The two are asked for the
 * same files, of which each has one key or one feature.
 */
@WaitsFor("docker")
class ComposeConfigAgreesTest {
  private UserHome user;

  @BeforeEach
  void home(@TempDir Path folder) {
    user =
        new UserHome(folder, "docker")
            .variable("DOCKER_HOST", "unix:///nowhere.sock")
            .variable("HOME", folder.toString())
            .variable("PATH", DockerLab.program("docker").getParent() + ":/usr/bin:/bin");
    user.write(
        ".docker/config.json",
        "{\"cliPluginsExtraDirs\": [\"%s\"]}".formatted(DockerLab.plugins()));
  }

  /** What each way makes of each of these folders, from one run. */
  private JsonNode configs(List<String> folders) {
    var value =
        user.value(
            """
            const told = [];
            for (const folder of %s) {
              const of = (through) =>
                docker().compose('%s/' + folder, { through, project: 'p' }).config().catch((e) => ({ error: e.message }));
              told.push({ folder, engine: await of('engine'), plugin: await of('plugin') });
            }
            return told;\
            """
                .formatted(Engine.MAPPER.valueToTree(folders), user.path()),
            "docker:write",
            "read=" + user.path(),
            "exec=docker",
            "env=HOME",
            "env=GIVEN");
    try {
      return Engine.MAPPER.readTree(value);
    } catch (JsonProcessingException e) {
      throw new AssertionError(value, e);
    }
  }

  private void agree(List<String> folders) {
    var softly = new SoftAssertions();
    for (var each : configs(folders)) {
      softly
          .assertThat(ComposeContract.pretty(each.path("engine")))
          .as(each.path("folder").asText())
          .isEqualTo(ComposeContract.pretty(each.path("plugin")));
    }
    softly.assertAll();
  }

  /** Compares a folder service by service, so that each key that differs is told. */
  private void agreeByService(String folder, List<String> written) {
    var told = configs(List.of(folder)).path(0);
    var softly = new SoftAssertions();
    softly.assertThat(told.path("engine").path("error").asText("")).isEmpty();
    softly.assertThat(told.path("plugin").path("error").asText("")).isEmpty();
    for (int i = 0; i < written.size(); i++) {
      softly
          .assertThat(ComposeContract.pretty(told.path("engine").path("services").path("s" + i)))
          .as(written.get(i))
          .isEqualTo(ComposeContract.pretty(told.path("plugin").path("services").path("s" + i)));
    }
    softly.assertAll();
  }

  /** Keys of a service, written in every form that they have. */
  @Test
  void keys_of_a_service() {
    var all =
        List.of(
            // what runs
            "command: httpd -f -p 80 -h \"/w w w\" a\\ b 'c d'e ''",
            "command: [\"sh\", \"-c\", \"echo $$HOME\"]",
            "command: []",
            "command: \"\"",
            "command: null",
            "command: |\n  sh -c\n    'echo a;\n     echo b'",
            "command: echo \"a\\nb\" \"c\\\"d\" 'e\\f' g\\\\h",
            "entrypoint: sh -c\ncommand: [a, \"1\", \"true\"]",
            "entrypoint: []",
            "entrypoint: [\"\"]",
            "user: 1000:1000\nworking_dir: /w\nhostname: h\ndomainname: d.lan",
            "init: true\ntty: true\nstdin_open: true\nprivileged: false\nread_only: true",
            "stop_signal: SIGINT\nstop_grace_period: 1m30s",
            "stop_grace_period: 1.5h",
            "stop_grace_period: 500ms",
            "platform: linux/amd64\nruntime: runc",
            "pull_policy: if_not_present",
            "pull_policy: always",
            "container_name: cc",
            // variables
            "environment: [A=1, B, \"C=x y\", D=, GIVEN]",
            "environment: { A: 1, B: , C: \"x y\", D: \"\", GIVEN: , E: true, F: 1.50, G: 0x10, H:"
                + " 010 }",
            "environment: { GIVEN: , A: \"$GIVEN ${GIVEN} ${NONE:-${GIVEN}} $$GIVEN ${GIVEN:+y}\""
                + " }",
            "env_file: a.env",
            "env_file: [a.env, b.env]\nenvironment: { A: mine }",
            "env_file: [{ path: ./a.env }, { path: none.env, required: false }]",
            "env_file: ~/stack/a.env",
            // labels
            "labels: [a=1, b, \"c.d=x=y\"]",
            "labels: { a: 1, b: , c: true, d: \"x\" }",
            // ports
            "ports: [\"80\", \"8080:80\", \"127.0.0.1:8081:81\", \"127.0.0.1::82\", \"53:53/udp\"]",
            "ports: [\"9000-9002\", \"9100-9102:9200-9202/udp\", \"9300-9310:93\"]",
            "ports: [8080, \"[::1]:83:83\", \"80:80\", \"80:80\"]",
            "ports: [\":81:81\", \"::82\", \":83\", \"0:84\", \"85:85/UDP\"]",
            "ports: [{ target: 80 }, { target: 81, published: 8081, protocol: udp, host_ip:"
                + " 127.0.0.1, mode: host }]",
            "ports: [{ target: 80, published: \"8080-8090\" }, { target: 82, name: web,"
                + " app_protocol: http }]",
            "expose: [80, \"81\", \"90-92/udp\", \"80\"]",
            // volumes
            "volumes: [\"./a:/a\", \"../b:/b:ro\", \"/c:/c:rw\", \"~/d:/d\", \"data:/e\", \"/f\","
                + " \".:/g\", \"..:/h\", \"~:/i\"]",
            "volumes: [\"./a:/a:z\", \"./b:/b:ro,Z\", \"./c:/c:rslave\", \"data:/d:nocopy\","
                + " \"./e:/e:cached\"]",
            "volumes: [\"data:/a:z\", \"data:/b:cached\", \"data:/c:nocopy,ro,rw\", \".d:/d\"]",
            "volumes: [\"./a:/a\", \"./b:/a\"]",
            "volumes: [{ type: bind, source: ./a, target: /a }, { type: bind, source: a, target:"
                + " /b, read_only: true, bind: { propagation: rslave, selinux: z } }]",
            "volumes: [{ type: bind, source: ~/a, target: /a }]",
            "volumes: [{ type: volume, source: data, target: /a, volume: { nocopy: true } }, {"
                + " type: volume, target: /b }, { type: tmpfs, target: /t, tmpfs: { size: 64m,"
                + " mode: 01777 } }]",
            "volumes: [{ type: tmpfs, target: /t, tmpfs: { size: 1000 } }, { type: tmpfs, target:"
                + " /u }]",
            "tmpfs: /run",
            "tmpfs: [/run, \"/tmp:size=64m,mode=1777\"]",
            "configs: [c]\nsecrets: [s]",
            "configs: [{ source: c, target: /etc/c, uid: \"1\", gid: \"2\", mode: 0440 }]\n"
                + "secrets: [{ source: s, target: name }]",
            "secrets: [{ source: s, mode: 288 }]",
            // networks
            "networks: [front, back]",
            "networks: { front: { aliases: [a, b], ipv4_address: 192.0.2.5, priority: 10 }, back:"
                + " }",
            "networks: { front: { ipv6_address: \"2001:db8::5\", link_local_ips: [169.254.1.1],"
                + " mac_address: \"02:42:ac:11:65:43\" } }",
            "network_mode: host",
            "network_mode: none",
            "network_mode: service:other",
            "pid: service:other\nipc: service:other",
            """
            pid: host
            ipc: shareable
            uts: host
            userns_mode: host
            cgroup: private
            cgroup_parent: /x\
            """,
            "mac_address: \"02:42:ac:11:65:43\"",
            "dns: 192.0.2.1\ndns_search: lan\ndns_opt: [ndots:2]",
            "dns: [192.0.2.1, 192.0.2.2]\ndns_search: [a.lan, b.lan]",
            "extra_hosts: [\"nas:192.0.2.7\", \"v6=[::1]\", \"w:::2\"]",
            "extra_hosts: { nas: 192.0.2.7, v6: \"::1\" }",
            // rights and limits
            """
            cap_add: [NET_ADMIN]
            cap_drop: [ALL]
            security_opt: [no-new-privileges:true]
            group_add: [1, audio]\
            """,
            "sysctls: [net.core.somaxconn=1024]",
            "sysctls: { net.core.somaxconn: 1024 }",
            "devices: [\"/dev/null\", \"/dev/null:/dev/x\", \"/dev/null:/dev/y:r\"]",
            "ulimits: { nofile: 100, nproc: { soft: 10, hard: 20 } }",
            """
            mem_limit: 64m
            mem_reservation: 32m
            memswap_limit: 128m
            shm_size: 1.5gb
            mem_swappiness: 10\
            """,
            "mem_limit: 67108864\nmemswap_limit: -1",
            """
            cpus: 0.5
            cpu_shares: 512
            cpuset: 0-1
            pids_limit: 100
            oom_score_adj: 100
            oom_kill_disable: true\
            """,
            "cpus: \"1.50\"\ncpu_period: 100000\ncpu_quota: 50000",
            "deploy: { replicas: 2, resources: { limits: { cpus: \"0.50\", memory: 50M, pids: 10 },"
                + " reservations: { memory: 20M } } }",
            "storage_opt: { size: 1G }",
            "scale: 3",
            // life
            "restart: \"no\"",
            "restart: no",
            "restart: unless-stopped",
            "restart: on-failure:3",
            "healthcheck: { test: curl -f http://x, interval: 90s, timeout: 1m30s, retries: 3,"
                + " start_period: 500ms }",
            "healthcheck: { test: [CMD, \"true\"] }",
            "healthcheck: { test: [\"NONE\"] }",
            "healthcheck: { disable: true }",
            "healthcheck: { test: \"true\", start_interval: 2s }",
            "depends_on: [other]",
            "depends_on: { other: { condition: service_healthy, restart: true, required: false } }",
            "depends_on: { other: { condition: service_completed_successfully } }",
            "logging: { driver: json-file, options: { max-size: 10m, max-file: 3 } }",
            "logging: { options: { max-size: 10m } }",
            "attach: false",
            "profiles: [debug]",
            "x-more: { a: [1, b] }",
            // building
            "build: .",
            "build: ./app",
            "build: ~/app",
            "build: { context: app, dockerfile: D, target: t, args: [A=1, GIVEN, N], labels: [a=b],"
                + " network: host, shm_size: 64m, no_cache: true, pull: true }",
            "build: { context: app, args: { A: 1, GIVEN: , N: } }",
            "build: { dockerfile_inline: \"FROM scratch\\n\" }");
    user.variable("GIVEN", "given");
    user.write("stack/a.env", "A=1\nB=\"two words\"\n");
    user.write("stack/b.env", "B=2\nexport C='x $A'\nD=${A} # c\n");
    var services = new StringBuilder("services:\n");
    for (int i = 0; i < all.size(); i++) {
      services.append("  s%d:\n    image: x\n%s".formatted(i, all.get(i).indent(4)));
    }
    user.write(
        "stack/compose.yaml",
        services
            + """
              other: { image: y }
            networks:
              front: { ipam: { config: [{ subnet: 192.0.2.0/24 }, { subnet: "2001:db8::/64" }] } }
              back: { internal: true }
            volumes: { data: }
            configs: { c: { content: "hello $$ ${GIVEN}" } }
            secrets: { s: { file: ./s } }
            """);
    agreeByService("stack", all);
  }

  /** What stands outside of services. */
  @Test
  void top_level() {
    var all =
        List.of(
            "networks: { n: { driver: bridge, driver_opts: { a: 1 }, attachable: true, enable_ipv6:"
                + " true, labels: [a=b] } }",
            "networks: { n: { name: other, ipam: { driver: default, config: [{ subnet:"
                + " 192.0.2.0/24, ip_range: 192.0.2.0/25, gateway: 192.0.2.1, aux_addresses: { a:"
                + " 192.0.2.9 } }] } } }",
            "networks: { n: { external: true }, default: { name: d } }",
            "networks: { n: { external: true, name: other } }",
            "volumes: { vol: { driver: local, driver_opts: { type: none, o: bind, device: /x },"
                + " labels: { a: b } } }\n"
                + "networks: { n: }",
            "volumes: { vol: { external: true }, wol: { name: \"w-${GIVEN}\" } }\nnetworks: { n: }",
            "secrets: { s: { environment: GIVEN }, t: { file: ~/t } }\nnetworks: { n: }",
            "configs: { c: { environment: GIVEN }, d: { file: ./d }, e: { content: x } }\n"
                + "networks: { n: }",
            "x-a: { b: 1 }\nversion: \"3\"\nnetworks: { n: }");
    user.variable("GIVEN", "given");
    var folders = new ArrayList<String>();
    for (var text : all) {
      var uses = new StringBuilder();
      if (text.contains(" vol: ")) {
        uses.append(
            "\n    volumes: [\"vol:/v\"%s]"
                .formatted(text.contains(" wol: ") ? ", \"wol:/w\"" : ""));
      }
      if (text.startsWith("secrets")) {
        uses.append("\n    secrets: [s, t]");
      }
      if (text.startsWith("configs")) {
        uses.append("\n    configs: [c, d, e]");
      }
      folders.add("top" + folders.size());
      user.write(
          folders.getLast() + "/compose.yaml",
          "services:\n  web:\n    image: x\n    networks: [n, default]"
              + uses
              + "\n"
              + text
              + "\n");
    }
    agree(folders);
  }

  /** One file over another; the first line of each is the base's keys, the rest the other's. */
  @Test
  void one_file_over_another() {
    var all =
        List.of(
            "command: a b\n---\ncommand: c",
            "entrypoint: a b\n---\nentrypoint: []",
            "environment: [A=1, B=2]\n---\nenvironment: { A: 3, C: 4 }",
            "environment: { A: 1 }\n---\nenvironment: [A, B]",
            "labels: [a=b]\n---\nlabels: { a: c, d: e }",
            "ports: [\"80:80\", \"81:81\"]\n---\nports: [\"80:80\", \"82:82\"]",
            "ports: [\"8080:80\"]\n---\nports: [\"8081:80\"]",
            "volumes: [\"./a:/a\", \"./b:/b\"]\n---\nvolumes: [\"./c:/a:ro\"]",
            """
            volumes: [{ type: bind, source: ./a, target: /a, read_only: true }]
            ---
            volumes: [{ type: volume, source: data, target: /a }]\
            """,
            "networks: [default]\n---\nnetworks: { default: { aliases: [x] } }",
            "networks: { default: { aliases: [x] } }\n---\nnetworks: { default: { aliases: [y] } }",
            "depends_on: [other]\n---\ndepends_on: { other: { condition: service_healthy } }",
            "dns: 192.0.2.1\n---\ndns: [192.0.2.2]",
            "tmpfs: /a\n---\ntmpfs: [/b]",
            "cap_add: [A, B]\n---\ncap_add: [B, C]",
            "group_add: [\"1\"]\n---\ngroup_add: [\"2\"]",
            "devices: [\"/dev/a:/dev/a\"]\n---\ndevices: [\"/dev/b:/dev/a\"]",
            "expose: [80]\n---\nexpose: [80, 81]",
            "extra_hosts: [\"a:192.0.2.1\"]\n---\nextra_hosts: { b: 192.0.2.2 }",
            "sysctls: { a: 1 }\n---\nsysctls: [b=2]",
            "ulimits: { nofile: 1 }\n---\nulimits: { nofile: { soft: 2, hard: 3 }, nproc: 4 }",
            "ulimits: { nofile: { soft: 1, hard: 9 } }\n---\nulimits: { nofile: 2 }",
            "logging: { driver: a, options: { x: y } }\n---\nlogging: { driver: b }",
            "logging: { driver: a, options: { x: y } }\n---\nlogging: { options: { z: w } }",
            "healthcheck: { test: [CMD, a], interval: 1s }\n---\nhealthcheck: { test: [CMD, b] }",
            "healthcheck: { test: [CMD, a] }\n---\nhealthcheck: { disable: true }",
            "build: .\n---\nbuild: { args: { A: 1 } }",
            "build: { context: ., args: [A=1] }\n---\nbuild: { args: { A: 2, B: 3 }, target: t }",
            "secrets: [s]\n---\nsecrets: [{ source: s, target: t }]",
            "env_file: a.env\n---\nenv_file: [b.env]",
            "deploy: { replicas: 2 }\n---\ndeploy: { resources: { limits: { memory: 1M } } }",
            "profiles: [a]\n---\nprofiles: [b]",
            "ports: [\"80:80\"]\nuser: a\n---\nports: !override [\"81:81\"]\nuser: !reset null",
            """
            ports: ["80:80"]
            environment: { A: 1, B: 2 }
            ---
            ports: !reset []
            environment: { A: !reset null }\
            """,
            "restart: always\n---\nrestart: \"no\"",
            "command: a\n---\ncommand: null",
            "environment: { A: 1 }\n---\nenvironment:");
    var base = new StringBuilder("services:\n");
    var over = new StringBuilder("services:\n");
    var extending = new StringBuilder("services:\n");
    for (int i = 0; i < all.size(); i++) {
      var parts = all.get(i).split("\n---\n", 2);
      var first = parts[0].indent(4);
      var second = parts[1].indent(4);
      base.append("  s%d:\n    image: x\n%s".formatted(i, first));
      over.append("  s%d:\n%s".formatted(i, second));
      extending.append("  b%d:\n    image: x\n%s".formatted(i, first));
      extending.append("  s%1$d:\n    extends: b%1$d\n%2$s".formatted(i, second));
    }
    var rest = "  other: { image: y }\nvolumes: { data: }\nsecrets: { s: { file: ./s } }\n";
    for (var folder : List.of("over", "extending")) {
      user.write(folder + "/a.env", "A=a\n");
      user.write(folder + "/b.env", "B=b\n");
      user.write(folder + "/compose.yaml", (folder.equals("over") ? base : extending) + rest);
    }
    user.write("over/compose.override.yaml", over.toString());
    agreeByService("over", all);
    agreeByService("extending", all);
  }

  /** Services of other files, and other files as they are. */
  @Test
  void several_files() {
    var all =
        List.of(
            "services: { web: { extends: { file: sub/base.yaml, service: base } } }",
            "services: { web: { extends: { file: sub/base.yaml, service: further }, environment: {"
                + " A: mine } } }",
            "services: { web: { extends: { file: ./sub/base.yaml, service: base }, volumes:"
                + " [\"./x:/d\"], build: { args: { B: 2 } } } }",
            "services: { web: { extends: one }, one: { extends: { service: two }, image: x }, two:"
                + " { image: y, command: c } }",
            "include: [sub/compose.yaml]\nservices: { web: { image: x, depends_on: [inc] } }",
            "include: [{ path: sub/compose.yaml, env_file: sub/other.env }]\n"
                + "services: { web: { image: x } }",
            "include: [{ path: sub/compose.yaml, project_directory: . }]\n"
                + "services: { web: { image: x } }",
            "include: [{ path: [sub/compose.yaml, sub/over.yaml] }]\n"
                + "services: { web: { image: x } }",
            "include: [{ path: sub/nested.yaml }]\n"
                + "services: { web: { image: x, volumes: [\"vol:/v\"], networks: [n] } }",
            "include: [sub/compose.yaml, sub/diamond.yaml]\nservices: { web: { image: x } }",
            """
            include:
              - sub/compose.yaml
            services: { web: { extends: { file: sub/base.yaml, service: base } } }\
            """);
    var folders = new ArrayList<String>();
    for (var text : all) {
      folders.add("files" + folders.size());
      write(folders.getLast() + "/", text);
    }
    agree(folders);
  }

  private void write(String folder, String text) {
    user.write(folder + ".env", "OUTER=outer\nBOTH=outer\n");
    user.write(folder + "sub/.env", "INNER=inner\nBOTH=inner\n");
    user.write(folder + "sub/other.env", "INNER=other\n");
    user.write(folder + "e.env", "E=outer\n");
    user.write(folder + "sub/e.env", "E=sub\n");
    user.write(
        folder + "sub/base.yaml",
        """
        services:
          base:
            build: { context: app, args: { A: 1 } }
            image: "b:${OUTER}"
            env_file: [e.env]
            labels: [a=b]
            volumes: ["./d:/d", "./q:/q", "~/h:/h"]
          further:
            extends: { file: deep/more.yaml, service: most }
            environment: [A=further]
        """);
    user.write(
        folder + "sub/deep/more.yaml",
        "services: { most: { image: m, volumes: [\"./m:/m\"], environment: { A: most, B: most } }"
            + " }\n");
    user.write(
        folder + "sub/compose.yaml",
        """
        services:
          inc:
            image: "x:${INNER-none}-${OUTER-none}-${BOTH}"
            build: app
            env_file: e.env
            environment: [INNER, BOTH]
            volumes: ["./d:/d", "vol:/v"]
            networks: [n]
            secrets: [s]
        volumes: { vol: { labels: [a=b] } }
        networks: { n: }
        secrets: { s: { file: s } }
        """);
    user.write(
        folder + "sub/over.yaml", "services: { inc: { command: c, volumes: [\"./o:/o\"] } }\n");
    user.write(
        folder + "sub/nested.yaml", "include: [compose.yaml]\nservices: { nest: { image: n } }\n");
    user.write(
        folder + "sub/diamond.yaml", "include: [compose.yaml]\nservices: { dia: { image: n } }\n");
    user.write(folder + "compose.yaml", text + "\n");
  }
}
