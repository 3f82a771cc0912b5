package dev.hearth.stdlib.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.secret.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, users, packages and services of a copy of this machine, by root who logged in there. */
class EnsureTest {
  private Path folder;
  private Sshd sshd;
  private SshHome user;

  @BeforeEach
  void start(@TempDir Path own) throws IOException {
    assumeTrue(Sshd.canCopyTheMachine(), "a copy of the machine takes root");
    folder = own;
    var programs = Files.createDirectories(own.resolve("programs"));
    program(programs.resolve("systemctl"), SYSTEMCTL);
    program(programs.resolve("sudo"), "#!/bin/sh\nshift 4; HEARTH_SUDO=yes exec \"$@\"\n");
    sshd =
        Sshd.startInCopy(
            own.resolve("sshd"),
            "SetEnv SHLVL=1 PATH=" + programs + ":/usr/sbin:/usr/bin:/sbin:/bin");
    user = new SshHome(own.resolve("home")).alias("web1", sshd);
  }

  /** What it does is its own; what it says and which arguments it takes are systemd's. */
  private static final String SYSTEMCTL =
      """
      #!/bin/sh
      mkdir -p /run/units; for unit; do :; done; u=/run/units/$unit
      case $1 in
        show)
          [ -e "/etc/units/$unit" ] || { printf 'LoadState=not-found\\nActiveState=inactive\\n'; exit 0; }
          echo LoadState=loaded
          if [ -e "$u.on" ]; then echo ActiveState=active; else echo ActiveState=inactive; fi
          if [ -e "$u.enabled" ]; then echo UnitFileState=enabled; else echo UnitFileState=disabled; fi ;;
        start) [ "$unit" != broken ] || { echo "Job for $unit failed." >&2; exit 1; }; touch "$u.on" ;;
        stop) rm -f "$u.on" ;;
        enable) touch "$u.enabled" ;;
        disable) rm -f "$u.enabled" ;;
      esac
      """;

  private static void program(Path file, String text) {
    try {
      Files.writeString(file, text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void stop() {
    if (sshd != null) {
      sshd.close();
    }
  }

  private String value(String body) {
    return user.value(
        "const web = ssh('web1');\n" + body, "ssh:write", "read=" + folder, "secret=token");
  }

  private String failure(String body) {
    return user.failure("const web = ssh('web1');\n" + body, "ssh:write");
  }

  // ---- Files

  @Test
  void a_file_is_written_once_and_only_what_differs_is_changed_later() {
    assertThat(
            value(
                """
                const spec = { path: '/etc/it works.conf', content: 'one\\n', mode: '0640', owner: 'daemon', group: 'adm' };
                const runs = [];
                for (const change of [{}, {}, { content: 'two\\n' }, { mode: '0644' }, { owner: 'root' }, {}]) {
                  const { changed, before, after } = await web.file.ensure(Object.assign(spec, change));
                  runs.push([changed, before?.mode, `${after.owner}:${after.group} ${after.mode} ${after.sizeBytes}`]);
                }
                return [runs, await web.read('/etc/it works.conf'), (await web.list('/etc')).filter(({ name }) => name.includes('hearth'))];
                """))
        .isEqualTo(
            "[[[true,null,\"daemon:adm 0640 4\"],[false,\"0640\",\"daemon:adm 0640 4\"],"
                + "[true,\"0640\",\"daemon:adm 0640 4\"],[true,\"0640\",\"daemon:adm 0644 4\"],"
                + "[true,\"0644\",\"root:adm 0644 4\"],[false,\"0644\",\"root:adm 0644 4\"]],\"two\\n\",[]]");
    assertThat(Path.of("/etc/it works.conf")).doesNotExist();
  }

  @Test
  void what_nobody_asked_for_stays_as_it_is() {
    assertThat(
            value(
                """
                await web.run`printf old >/srv/f; chown daemon:adm /srv/f; chmod 4710 /srv/f`;
                const { after } = await web.file.ensure({ path: '/srv/f', content: 'new' });
                const none = await web.file.ensure({ path: '/srv/f' });
                return [after.owner, after.group, after.mode, none.changed, await web.read('/srv/f')];
                """))
        .isEqualTo("[\"daemon\",\"adm\",\"4710\",false,\"new\"]");
  }

  @Test
  void a_link_is_replaced_and_what_it_leads_to_is_left_alone() {
    assertThat(
            value(
                """
                await web.run`printf precious >/srv/precious; ln -s /srv/precious /srv/link; ln -s /srv /tmp/hearth-dir-link`;
                const first = await web.file.ensure({ path: '/srv/link', content: 'own' });
                const second = await web.file.ensure({ path: '/tmp/hearth-dir-link', content: 'own' });
                return [first.before.type, first.after.type, second.before.type, second.after.type, await web.read('/srv/precious')];
                """))
        .isEqualTo("[\"link\",\"file\",\"link\",\"file\",\"precious\"]");
  }

  @Test
  void folders_are_made_and_removed() {
    assertThat(
            value(
                """
                const ensure = (spec) => web.file.ensure({ path: '/srv/a/b', ...spec }).then(({ changed }) => changed);
                const runs = [await ensure({ state: 'folder', mode: '0700' }), await ensure({ state: 'folder' }),
                  await ensure({ state: 'folder', mode: '0755' })];
                await web.write('/srv/a/b/file', 'x');
                const full = await ensure({ state: 'absent' }).catch(({ code, hint }) => [code, hint]);
                runs.push(await ensure({ state: 'absent', recursive: true }), await ensure({ state: 'absent' }));
                return [runs, full];
                """))
        .isEqualTo(
            "[[true,false,true,true,false],[\"ssh.ensure-failed\",\"The host said: `rmdir: failed to remove"
                + " '/srv/a/b': Directory not empty`. If it takes root, pass `{ sudo: true }`.\"]]");
  }

  @Test
  void a_file_of_this_machine_is_the_source() throws IOException {
    Files.writeString(folder.resolve("page"), "<h1>hi</h1>");

    assertThat(
            value(
                """
                const spec = { path: '/srv/page', source: '%s/page', sudo: true };
                const runs = [await web.file.ensure(spec), await web.file.ensure(spec)];
                return [runs.map(({ changed }) => changed), await web.read('/srv/page')];
                """
                    .formatted(folder)))
        .isEqualTo("[[true,false],\"<h1>hi</h1>\"]");
    assertThat(failure("await web.file.ensure({ path: '/srv/x', source: '/etc/passwd' });"))
        .startsWith("permission.denied: ")
        .contains("read=/etc/passwd");
  }

  @Test
  void a_secret_is_in_the_file_and_nowhere_else() {
    Hearth.builder()
        .home(folder.resolve("home/hearth"))
        .environment(user::get)
        .build()
        .surroundings()
        .secrets()
        .put("token", Secret.of("s3cret-w0rd"));

    var said =
        value(
            """
            const token = await (await import('hearth:secret')).secret('token');
            const spec = { path: '/srv/token', content: token };
            const runs = [await web.file.ensure(spec), await web.file.ensure(spec)];
            await web.run`chmod 000 /srv`;
            const there = (await web.run`wc -c </srv/token; grep -c s3cret-w0rd /srv/token; ps axww`).text();
            return [runs, there.split('\\n').slice(0, 2)];
            """);

    assertThat(said)
        .isEqualTo(
            "[[{\"changed\":true,\"before\":null,\"after\":{\"type\":\"file\",\"mode\":\"0600\",\"owner\":\"root\","
                + "\"group\":\"root\",\"sizeBytes\":null,\"sha256\":null}},{\"changed\":false,\"before\":{\"type\":\"file\","
                + "\"mode\":\"0600\",\"owner\":\"root\",\"group\":\"root\",\"sizeBytes\":null,\"sha256\":null},"
                + "\"after\":{\"type\":\"file\",\"mode\":\"0600\",\"owner\":\"root\",\"group\":\"root\",\"sizeBytes\":null,"
                + "\"sha256\":null}}],[\"11\",\"1\"]]");
    assertThat(user.events().toString()).doesNotContain("s3cret-w0rd");
    assertThat(sshd.log()).noneMatch(line -> line.contains("s3cret-w0rd"));
  }

  @Test
  void what_cannot_be_is_refused_before_anything_is_touched() {
    assertThat(failure("await web.file.ensure({ path: 'etc/motd', content: 'x' });"))
        .startsWith("ssh.spec-wrong: `path` cannot be `etc/motd`.");
    assertThat(failure("await web.file.ensure({ path: '/srv', content: 'x' });"))
        .startsWith(
            "ssh.file-in-the-way: `/srv` on `web1` is a folder, where a file was asked for.");
    assertThat(failure("await web.file.ensure({ path: '/srv/x', owner: 'a:b; rm -rf /' });"))
        .startsWith("ssh.spec-wrong: `owner` cannot be");
    assertThat(failure("await web.pkg.ensure({ name: '-o=x' });"))
        .startsWith("ssh.spec-wrong: `name` cannot be `-o=x`.");
    assertThat(failure("await web.user.ensure({ name: 'root;id' });"))
        .startsWith("ssh.spec-wrong: `name` cannot be");
    assertThat(
            failure(
                "await web.user.ensure({ name: 'ada', authorizedKeys: ['ssh-rsa a\\nevil ssh-rsa b'] });"))
        .startsWith("ssh.spec-wrong: `authorizedKeys` cannot be");
    assertThat(failure("await web.service.ensure({ name: 'x', state: 'restarted' });"))
        .startsWith("ssh.spec-wrong: `state` cannot be `restarted`.");
    assertThat(failure("await web.service.ensure({ name: 'x', enable: true });"))
        .contains("enable");
    assertThat(user.failure("await ssh('web1').file.ensure({ path: '/srv/x' });", "ssh:read"))
        .startsWith("permission.");
  }

  // ---- Users

  @Test
  void a_user_is_made_changed_and_removed_and_the_second_run_changes_nothing() throws IOException {
    var key = Files.readString(sshd.folder().resolve("id.pub")).strip();
    var said =
        value(
            """
            const spec = { name: 'hearthada', groups: ['adm', 'mail'], shell: '/bin/sh', comment: 'Ada L.', authorizedKeys: ['%s'] };
            const runs = [];
            for (const more of [{}, {}, { shell: '/bin/bash' }, { groups: ['adm', 'news'] }, {}]) {
              const { changed, after } = await web.user.ensure(Object.assign(spec, more));
              runs.push([changed, after.shell, after.groups.join(), after.authorizedKeys.length]);
            }
            const owned = (await web.run`stat -c '%%U %%a' /home/hearthada/.ssh /home/hearthada/.ssh/authorized_keys`).lines();
            const gone = [await web.user.ensure({ name: 'hearthada', state: 'absent', removeHome: true }),
              await web.user.ensure({ name: 'hearthada', state: 'absent' })];
            return [runs, owned, gone.map(({ changed, after }) => [changed, after]), await web.stat('/home/hearthada')];
            """
                .formatted(key));

    assertThat(said)
        .isEqualTo(
            "[[[true,\"/bin/sh\",\"adm,hearthada,mail\",1],[false,\"/bin/sh\",\"adm,hearthada,mail\",1],"
                + "[true,\"/bin/bash\",\"adm,hearthada,mail\",1],[true,\"/bin/bash\",\"adm,hearthada,mail,news\",1],"
                + "[false,\"/bin/bash\",\"adm,hearthada,mail,news\",1]],[\"hearthada 700\",\"hearthada 600\"],"
                + "[[true,null],[false,null]],null]");
    assertThat(Files.readString(Path.of("/etc/passwd"))).doesNotContain("hearthada");
  }

  @Test
  void a_user_who_makes_a_link_of_authorized_keys_gets_nothing_of_root() {
    assertThat(
            value(
                """
                await web.user.ensure({ name: 'hearthbob' });
                await web.run`mkdir -p /home/hearthbob/.ssh && ln -s /etc/shadow /home/hearthbob/.ssh/authorized_keys && chown -R hearthbob /home/hearthbob/.ssh`;
                const before = (await web.run`sha256sum /etc/shadow`).text();
                const { code } = await web.user.ensure({ name: 'hearthbob', authorizedKeys: ['ssh-ed25519 AAAA x'] }).catch((error) => error);
                const { before: seen } = await web.user.ensure({ name: 'hearthbob' });
                return [code, seen.authorizedKeys, (await web.run`sha256sum /etc/shadow`).text() === before];
                """))
        .isEqualTo("[\"ssh.ensure-failed\",[],true]");
  }

  // ---- Packages

  @Test
  void packages_are_installed_upgraded_and_removed_by_the_real_apt() throws IOException {
    Files.writeString(folder.resolve("repository.sh"), AptRepository.SCRIPT);

    assertThat(
            value(
                """
                await web.run`sh ${'%s/repository.sh'}`;
                const ensure = async (spec) => {
                  const { changed, before, after } = await web.pkg.ensure({ name: 'hearth-probe', ...spec });
                  return `${changed} ${before['hearth-probe']} ${after['hearth-probe']}`;
                };
                return [await ensure({ version: '1.0', refresh: true }), await ensure({ version: '1.0' }), await ensure({}),
                  await ensure({ state: 'latest' }), await ensure({ state: 'latest' }), await ensure({ state: 'absent', sudo: true }),
                  await ensure({ state: 'absent' }), (await web.pkg.ensure({ names: ['hearth-probe', 'dpkg'] })).changed];
                """
                    .formatted(folder)))
        .isEqualTo(
            "[\"true null 1.0\",\"false 1.0 1.0\",\"false 1.0 1.0\",\"true 1.0 2.0\",\"false 2.0 2.0\","
                + "\"true 2.0 null\",\"false null null\",true]");
    assertThat(failure("await web.pkg.ensure({ name: 'hearth-no-such-thing' });"))
        .isEqualTo(
            """
            ssh.ensure-failed: The package `hearth-no-such-thing` on `web1` could not be brought to the state that was asked for.
            The host said: `E: Unable to locate package hearth-no-such-thing`. If it takes root, pass `{ sudo: true }`.""");
  }

  // ---- Services

  @Test
  void services_are_started_and_enabled_once() {
    assertThat(
            value(
                """
                await web.run`mkdir -p /etc/units /run/systemd/system; touch /etc/units/nginx /etc/units/broken`;
                const ensure = async (spec) => {
                  const { changed, after } = await web.service.ensure({ name: 'nginx', ...spec });
                  return [changed, after.state, after.enabled];
                };
                return [await ensure({ state: 'started', enabled: true }), await ensure({ state: 'started', enabled: true }),
                  await ensure({ state: 'stopped', sudo: true }), await ensure({ enabled: false }),
                  await web.service.ensure({ name: 'broken', state: 'started' }).catch(({ code, hint }) => [code, hint]),
                  await web.service.ensure({ name: 'nothing' }).catch(({ code }) => code)];
                """))
        .isEqualTo(
            "[[true,\"started\",true],[false,\"started\",true],[true,\"stopped\",true],[true,\"stopped\",false],"
                + "[\"ssh.ensure-failed\",\"The host said: `Job for broken failed.`. If it takes root, pass `{ sudo: true }`.\"],"
                + "\"ssh.service-not-found\"]");
  }

  @Test
  void a_host_without_a_service_manager_says_what_it_runs() {
    assertThat(
            failure(
                "await web.run`rm -rf /run/systemd/system /run/openrc`; await web.service.ensure({ name: 'x' });"))
        .startsWith("ssh.no-service-manager: `web1` runs neither systemd nor OpenRC, but `");
  }
}
