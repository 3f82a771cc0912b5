package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.stdlib.DocumentedRecipes;
import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.ssh.Sshd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Docker on copies of this machine, by root who logs in there. Debian's own packages are really
 * installed; the package managers of other systems, and Docker's own repository, which cannot be
 * reached from where this is tested, are played by scripts that keep what they are told.
 */
class InstallDockerTest {
  private static final String KEY = "9DC858229FC7DD38854AE2D88D81803C0EBFCD88";

  private Path programs;
  private Sshd sshd;
  private UserHome user;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    assumeTrue(Sshd.canCopyTheMachine(), "a copy of the machine takes root");
    programs = Files.createDirectories(folder.resolve("programs"));
    program("systemctl", SYSTEMCTL);
    sshd =
        Sshd.startInCopy(
            folder.resolve("sshd"),
            "SetEnv SHLVL=1 PATH=" + programs + ":/usr/sbin:/usr/bin:/sbin:/bin");
    user =
        new UserHome(folder.resolve("home"), "docker")
            .imports(
                "import { installDocker } from 'hearth:docker'; import { ssh } from 'hearth:ssh';")
            .write(".ssh/known_hosts", sshd.knownHost())
            .write(
                ".ssh/config",
                "Host web1\nHostName 127.0.0.1\nPort %d\nUser root\nIdentityFile %s\n"
                    .formatted(sshd.port(), sshd.key()));
    // No daemon of a package may start: the copy has this machine's network.
    value("await web.write('/usr/sbin/policy-rc.d', '#!/bin/sh\\nexit 101\\n', { mode: '0755' });");
    value("await web.run`mkdir -p /run/systemd/system /run/pkgs`;");
  }

  @AfterEach
  void stop() {
    if (sshd != null) {
      sshd.close();
    }
  }

  /** What it does is its own; what it says and which arguments it takes are systemd's. */
  private static final String SYSTEMCTL =
      """
      #!/bin/sh
      mkdir -p /run/units; for unit; do :; done; u=/run/units/${unit%.service}
      case $1 in
        show)
          echo LoadState=loaded
          if [ -e "$u.on" ]; then echo ActiveState=active; else echo ActiveState=inactive; fi
          if [ -e "$u.enabled" ]; then echo UnitFileState=enabled; else echo UnitFileState=disabled; fi ;;
        start) touch "$u.on" ;;
        stop) rm -f "$u.on" ;;
        restart) echo "restart $unit" >>/run/told; ! grep -q doom /etc/docker/daemon.json ;;
        enable) touch "$u.enabled" ;;
        disable) rm -f "$u.enabled" ;;
      esac
      """;

  /**
   * Keeps each package as a file with its version; `dnf`, `zypper`, `pacman` and `apk` by their
   * words.
   */
  private static final String MANAGER =
      """
      #!/bin/sh
      me=${0##*/}
      case "$me $*" in
        "rpm -q "* | "pacman -Q "* | "apk info "* | "dpkg-query "*) ;;
        *) echo "$me $*" >>/run/told ;;
      esac
      each() { for p; do case $p in -*) ;; *) "$do" "$p" ;; esac; done; }
      add() { n=${1%%[=]*}; case $n in docker-ce-3:*) n=docker-ce ;; docker-ce-cli-3:*) n=docker-ce-cli ;; esac
        v=${1#"$n"}; v=${v#[=-]}; echo "${v:-3:29.7.2-1.el9}" >"/run/pkgs/$n"; }
      drop() { rm -f "/run/pkgs/$1"; }
      case "$me $*" in
        "rpm -q "*) shift 3; for p; do [ -e "/run/pkgs/$p" ] && printf '%s\\t%s\\n' "$p" "$(cat "/run/pkgs/$p")" || echo "package $p is not installed"; done ;;
        "dpkg-query "*) shift 3; for p; do [ -e "/run/pkgs/$p" ] && printf '%s\\t%s\\tii \\n' "$p" "$(cat "/run/pkgs/$p")"; done; true ;;
        "pacman -Q "*) shift; for p; do [ -e "/run/pkgs/$p" ] && echo "$p $(cat "/run/pkgs/$p")"; done; true ;;
        "apk info "*) for p; do :; done; [ -e "/run/pkgs/$p" ] && echo "$p-$(cat "/run/pkgs/$p")" ;;
        "dnf -q list"*) printf 'docker-ce.x86_64  3:28.5.1-1.el9  docker-ce-stable\\ndocker-ce.x86_64  3:28.5.2-1.el9  docker-ce-stable\\ndocker-ce.x86_64  3:29.7.2-1.el9  docker-ce-stable\\n' ;;
        "apt-cache madison"*) printf 'docker-ce | 5:29.7.2-1~debian.12~bookworm | x\\ndocker-ce | 5:28.5.2-1~debian.12~bookworm | x\\n' ;;
        *" install "*) do=add; while [ "$1" != install ]; do shift; done; shift; each "$@" ;;
        "apk -q add"*) do=add; shift 2; each "$@" ;;
        "pacman -S "*) do=add; shift; each "$@" ;;
        *" remove "*) do=drop; while [ "$1" != remove ]; do shift; done; shift; each "$@" ;;
      esac
      """;

  private void program(String name, String text) {
    try {
      var file = programs.resolve(name);
      Files.writeString(file, text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Docker's repository is there, with this key. */
  private void key(String fingerprint) {
    program("curl", "#!/bin/sh\necho \"curl $*\" >>/run/told; echo key >\"$3\"\n");
    program("gpg", "#!/bin/sh\necho pub:-:4096:1:x:\necho fpr:::::::::" + fingerprint + ":\n");
  }

  private String value(String body) {
    return user.value("const web = ssh('web1');\n" + body, "ssh:write");
  }

  private String failure(String body) {
    return user.failure("const web = ssh('web1');\n" + body, "ssh:write");
  }

  /** The copy is another system from now on. */
  private void become(String release, String... managers) {
    value(
        "await web.run`sh -c ${'mkdir -p /etc/yum.repos.d; rm -f /etc/os-release /usr/bin/apt-get'}`;\n"
            + "await web.write('/etc/os-release', `"
            + release
            + "\\n`);");
    for (var manager : managers) {
      program(manager, MANAGER);
    }
    key("060A61C51B558A7F742B77AAC52FEB6B621E9F35");
  }

  private String told() {
    return value("return (await web.run`cat /run/told`).lines();");
  }

  @Test
  @Timeout(300)
  void debians_own_packages_are_installed_once_and_settings_are_kept() {
    value(
        "await web.run`mkdir -p /etc/docker`; await web.write('/etc/docker/daemon.json', '{\"log-opts\": {\"max-file\": \"3\"}, \"debug\": true}');");
    var install =
        """
        const settings = { 'log-driver': 'json-file', 'log-opts': { 'max-size': '10m' }, debug: null };
        const { changed, changes, before, after } = await installDocker(web, { source: 'distribution', settings, users: ['games'] });
        """;

    assertThat(
            value(
                install
                    + "return [changed, changes, before, after.version.startsWith('20.10.24'), after.settings, (await web.run`id -nG games`).stdout.trim()];"))
        .isEqualTo(
            "[true,[\"packages\",\"settings\",\"service\",\"user games\"],null,true,"
                + "{\"log-opts\":{\"max-file\":\"3\",\"max-size\":\"10m\"},\"log-driver\":\"json-file\"},\"games docker\"]");
    assertThat(value("return (await web.run`dockerd --version`).stdout;")).contains("20.10.24");
    assertThat(value(install + "return [changed, changes];")).isEqualTo("[false,[]]");
    assertThat(
            value(
                "return (await installDocker(web, { source: 'distribution', settings: { debug: true } })).changes;"))
        .isEqualTo("[\"settings\"]");
    assertThat(told()).isEqualTo("[\"restart docker\"]");
  }

  @Test
  void dockers_own_packages_come_from_its_repository_in_the_version_that_was_asked_for() {
    for (var name : new String[] {"apt-get", "dpkg-query", "apt-cache"}) {
      program(name, MANAGER);
    }
    key(KEY);

    assertThat(value("return (await installDocker(web, { version: '28' })).changes;"))
        .isEqualTo("[\"key\",\"repository\",\"packages\",\"packages\",\"service\"]");
    assertThat(value("return await web.read('/etc/apt/sources.list.d/docker.sources');"))
        .isEqualTo(
            "\"Types: deb\\nURIs: https://download.docker.com/linux/debian\\nSuites: bookworm\\nComponents: stable\\n"
                + "Signed-By: /etc/apt/keyrings/docker.asc\\n\"");
    assertThat(told())
        .contains(
            "curl -fsSL -o /etc/apt/keyrings/docker.asc.new https://download.docker.com/linux/debian/gpg")
        .contains(
            " install docker-ce=5:28.5.2-1~debian.12~bookworm docker-ce-cli=5:28.5.2-1~debian.12~bookworm\"")
        .contains(" install containerd.io docker-buildx-plugin docker-compose-plugin\"");
    assertThat(value("return (await installDocker(web, { version: '28' })).changed;"))
        .isEqualTo("false");
    assertThat(failure("await installDocker(web, { version: '31' });"))
        .startsWith("docker.install-version-missing: `docker-ce` is not offered in version 31.");
  }

  @Test
  void another_key_than_dockers_is_not_believed() {
    key("0000000000000000000000000000000000000000");
    program("apt-get", MANAGER);
    program("dpkg-query", MANAGER);

    assertThat(failure("await installDocker(web);"))
        .startsWith("docker.install-key-wrong: The key of the repository is not that of Docker.");
    assertThat(value("return await web.stat('/etc/apt/keyrings/docker.asc');")).isEqualTo("null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ID=fedora|fedora|dnf|dnf -y install docker-ce docker-ce-cli containerd.io docker-buildx-plugin docker-compose-plugin",
        "ID=rocky|centos|dnf|dnf -y install docker-ce docker-ce-cli containerd.io docker-buildx-plugin docker-compose-plugin",
        "ID=opensuse-leap||zypper|zypper --non-interactive install docker docker-compose docker-buildx",
        "ID=arch||pacman|pacman -S --noconfirm --needed docker docker-compose docker-buildx",
        "ID=alpine||apk|apk -q add docker docker-cli-compose docker-cli-buildx",
      })
  void other_systems_are_told_in_their_own_way(
      String release, String repository, String manager, String command) {
    become(release, manager, "rpm");
    value(
        "await web.run`mkdir -p /etc/apk`; await web.write('/etc/apk/repositories', 'https://mirror.lan/alpine/v3.22/main\\n#https://mirror.lan/alpine/v3.22/community\\n');");

    assertThat(value("return (await installDocker(web)).changed;")).isEqualTo("true");
    assertThat(told()).contains(command);
    if (repository != null) {
      assertThat(value("return await web.read('/etc/yum.repos.d/docker-ce.repo');"))
          .contains("baseurl=https://download.docker.com/linux/" + repository + "/$releasever/")
          .contains("gpgcheck=1\\ngpgkey=file:///etc/pki/rpm-gpg/docker.asc");
    }
    if (manager.equals("apk")) {
      assertThat(value("return await web.read('/etc/apk/repositories');"))
          .endsWith("/v3.22/community\\nhttps://mirror.lan/alpine/v3.22/community\\n\"");
    }
    assertThat(value("return (await installDocker(web)).changes;")).isEqualTo("[]");
  }

  @Test
  void the_newest_of_a_version_is_taken_from_what_dnf_offers() {
    become("ID=rhel", "dnf", "rpm");

    assertThat(value("return (await installDocker(web, { version: '28.5' })).after.version;"))
        .isEqualTo("\"3:28.5.2-1.el9\"");
    assertThat(told())
        .contains("dnf -y install docker-ce-3:28.5.2-1.el9 docker-ce-cli-3:28.5.2-1.el9");
  }

  @Test
  void what_cannot_stay_beside_it_is_removed_only_when_that_is_said() {
    become("ID=fedora", "dnf", "rpm");
    value("await web.write('/run/pkgs/podman-docker', '5.4');");

    assertThat(failure("await installDocker(web);"))
        .startsWith("docker.install-conflict: `podman-docker` cannot stay beside `docker-ce`.");
    assertThat(value("return (await installDocker(web, { replace: true })).changes.slice(0, 3);"))
        .isEqualTo("[\"key\",\"repository\",\"removed\"]");
  }

  @Test
  void what_makes_no_sense_is_refused_before_anything_is_done() {
    become("ID=plan9", "dnf", "rpm");

    assertThat(failure("await installDocker(web);")).startsWith("docker.install-unknown-system: ");
    assertThat(failure("await installDocker(web, { colour: 1 });"))
        .startsWith("docker.option: `installDocker` has no option `colour`.");
    assertThat(failure("await installDocker('web1');")).startsWith("docker.install-option: ");
    become("ID=fedora", "dnf", "rpm");
    assertThat(failure("await installDocker(web, { users: ['nobody-here'] });"))
        .startsWith("docker.install-user-missing: There is no user `nobody-here` on the host.");
    assertThat(value("return await web.stat('/run/told');")).isEqualTo("null");
  }

  @Test
  void settings_that_are_no_json_are_not_replaced() {
    become("ID=fedora", "dnf", "rpm");
    value(
        "await web.run`mkdir -p /etc/docker`; await web.write('/etc/docker/daemon.json', '{\\n\"debug\": true,\\n,}');");

    assertThat(failure("await installDocker(web, { settings: { debug: true } });"))
        .startsWith(
            "docker.install-settings-malformed: `/etc/docker/daemon.json` on the host is not a JSON object: see its line 3.");
    assertThat(value("return await web.read('/etc/docker/daemon.json');"))
        .isEqualTo("\"{\\n\\\"debug\\\": true,\\n,}\"");
    assertThat(value("return await web.stat('/run/told');")).isEqualTo("null");
  }

  @Test
  void settings_that_the_engine_refuses_are_not_written() {
    become("ID=fedora", "dnf", "rpm");
    program(
        "dockerd",
        "#!/bin/sh\nif [ \"$1\" = --help ]; then echo ' --validate'; else grep -q bad \"${2#*=}\" && { echo 'unknown: bad' >&2; exit 1; }; true; fi\n");

    assertThat(failure("await installDocker(web, { settings: { bad: 1 } });"))
        .startsWith("docker.install-settings-refused: Docker does not take these settings.");
    assertThat(
            value(
                "return (await installDocker(web, { settings: { debug: true } })).after.settings;"))
        .isEqualTo("{\"debug\":true}");
  }

  @Test
  void a_rootless_engine_is_its_users_own() {
    become("ID=fedora", "dnf", "rpm", "loginctl", "usermod");
    program(
        "su",
        "#!/bin/sh\necho \"su $*\" >>/run/told\ncase \"$*\" in *'test -e'*) [ -e /run/unit ] ;; *setuptool*) touch /run/unit ;; esac\n");
    var install =
        "const { changes } = await installDocker(web, { rootless: 'games', settings: { debug: true } }); return changes;";

    assertThat(value(install))
        .isEqualTo(
            "[\"key\",\"repository\",\"packages\",\"rootless-packages\",\"/etc/subuid\",\"/etc/subgid\",\"rootless\",\"settings\"]");
    assertThat(told())
        .contains("loginctl enable-linger games")
        .contains("--add-subuids ")
        .contains("dockerd-rootless-setuptool.sh install games")
        .contains("systemctl --user restart docker games");
    assertThat(value("return await web.read('/usr/games/.config/docker/daemon.json');"))
        .contains("debug");
    value(
        "await web.run`sh -c ${'echo games:1:65536 >>/etc/subuid; echo games:1:65536 >>/etc/subgid'}`;");
    assertThat(value(install)).isEqualTo("[]");
  }

  @Test
  void a_source_of_dockers_packages_that_somebody_set_up_is_taken_as_it_is() {
    for (var name : new String[] {"apt-get", "dpkg-query", "apt-cache"}) {
      program(name, MANAGER);
    }
    key(KEY);
    value(
        "await web.write('/etc/apt/sources.list.d/docker.list', 'deb [signed-by=/etc/apt/keyrings/docker.gpg] https://download.docker.com/linux/debian bookworm stable\\n');");

    assertThat(value("return (await installDocker(web)).changes;"))
        .isEqualTo("[\"packages\",\"service\"]");
    assertThat(value("return await web.stat('/etc/apt/sources.list.d/docker.sources');"))
        .isEqualTo("null");
  }

  @Test
  void the_file_that_docker_offers_for_dnf_is_taken_as_its_user_left_it() {
    become("ID=fedora", "dnf", "rpm");
    var repo =
        "[docker-ce-stable]\\nbaseurl=https://download.docker.com/linux/fedora/\\n[docker-ce-test]\\nenabled=1\\n";
    value("await web.write('/etc/yum.repos.d/docker-ce.repo', '" + repo + "');");
    assertThat(value("return (await installDocker(web)).changes;"))
        .isEqualTo("[\"packages\",\"service\"]");
    assertThat(value("return await web.read('/etc/yum.repos.d/docker-ce.repo');"))
        .isEqualTo("\"" + repo + "\"");
  }

  @Test
  void lists_that_do_not_know_a_version_are_fetched_before_anything_is_removed() {
    become("ID=fedora", "dnf", "rpm");
    value(
        "await web.write('/run/pkgs/moby-engine', '20.10'); await web.write('/etc/yum.repos.d/docker-ce.repo', 'baseurl=https://download.docker.com/linux/fedora/');");

    assertThat(failure("await installDocker(web, { version: '31', replace: true });"))
        .startsWith("docker.install-version-missing: ");
    assertThat(told())
        .isEqualTo(
            "[\"dnf -q list --showduplicates docker-ce\",\"dnf -q makecache\",\"dnf -q list --showduplicates docker-ce\"]");
  }

  @Test
  void settings_that_docker_does_not_start_with_are_taken_back() {
    become("ID=fedora", "dnf", "rpm");
    value(
        "await web.run`mkdir -p /etc/docker`; await web.write('/etc/docker/daemon.json', '{\"debug\": true}', { mode: '0600' }); await installDocker(web);");

    assertThat(failure("await installDocker(web, { settings: { doom: 1 } });"))
        .startsWith(
            "docker.install-settings-refused: Docker does not start with these settings; it runs with those that it had.");
    assertThat(
            value(
                "const path = '/etc/docker/daemon.json'; return [await web.read(path), (await web.stat(path)).mode];"))
        .isEqualTo("[\"{\\\"debug\\\": true}\",\"0600\"]");
    assertThat(value("return (await installDocker(web, { settings: { debug: true } })).changes;"))
        .isEqualTo("[]");
  }

  @Test
  void settings_that_were_written_and_not_taken_up_are_taken_up_by_the_next_run() {
    become("ID=fedora", "dnf", "rpm");
    value(
        "await installDocker(web, { settings: { debug: true } }); await web.run`touch -d ${'1 hour ago'} /run/docker.pid`;");

    assertThat(value("return (await installDocker(web, { settings: { debug: true } })).changes;"))
        .isEqualTo("[\"restarted\"]");
    value("await web.run`touch -d ${'1 hour'} /run/docker.pid`;");
    assertThat(value("return (await installDocker(web, { settings: { debug: true } })).changes;"))
        .isEqualTo("[]");
  }

  @Test
  void the_recipe_of_the_types_installs_it() throws IOException {
    become("ID=fedora", "dnf", "rpm");
    program("sudo", "#!/bin/sh\nshift 4; exec \"$@\"\n");
    var recipe =
        DocumentedRecipes.with("installDocker(", DockerBinding.class, "docker.d.ts")
            .replace("'nas'", "'web1'");

    assertThat(user.runWhole(recipe, "ssh:write").error()).isNull();
    assertThat(value("return await web.read('/etc/docker/daemon.json');")).contains("live-restore");
  }
}
