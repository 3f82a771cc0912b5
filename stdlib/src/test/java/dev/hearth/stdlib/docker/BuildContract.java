package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.WaitsFor;
import dev.hearth.stdlib.docker.lab.DockerLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Building images, saving and loading them. */
@WaitsFor("docker")
abstract class BuildContract {
  private final String kind;
  private final DockerLab engine;
  private UserHome user;
  private Path home;

  BuildContract(String kind) {
    this.kind = kind;
    this.engine = DockerLab.engine(kind);
  }

  @BeforeEach
  void user(@TempDir Path folder) {
    home = folder;
    user = new UserHome(folder, "docker").variable("DOCKER_HOST", engine.host());
  }

  private String name(String what) {
    return "hearth-build-" + kind + "/" + what + ":1";
  }

  /** With the rights to the home, whose path is {@code HOME} in the body. */
  private String value(String body) {
    return user.value(
        body.replace("HOME", home.toString()), "docker:write", "read=" + home, "write=" + home);
  }

  private String failure(String body) {
    return user.failure(
        body.replace("HOME", home.toString()), "docker:write", "read=" + home, "write=" + home);
  }

  @Test
  void a_folder_is_built_without_what_is_ignored_and_with_modes_and_links() throws IOException {
    user.write(
        "app/Dockerfile",
        "FROM lab/bb:1\nCOPY . /app\nRUN cd /app && find . | sort > /list; ls -l /app/run.sh | cut -c1-10; readlink /app/link; cat /list\n");
    user.write(
        "app/.dockerignore", "# not these\n*.log\nout\n!out/keep.txt\nDockerfile\n.dockerignore\n");
    user.write("app/a.log", "x").write("app/b.txt", "b").write("app/run.sh", "#!/bin/sh\n");
    user.write("app/out/junk.bin", "x").write("app/out/keep.txt", "k");
    Files.setPosixFilePermissions(
        home.resolve("app/run.sh"), PosixFilePermissions.fromString("rwxr-x---"));
    Files.createSymbolicLink(home.resolve("app/link"), Path.of("/etc/passwd"));

    assertThat(
            value(
                """
                const build = docker().images.build({ context: 'HOME/app', tags: ['%1$s'], noCache: true });
                const lines = [];
                const steps = new Set();
                for await (const { kind, step, state, text } of build) {
                  if (kind === 'log') lines.push(text);
                  if (kind === 'step' && step.includes('RUN')) steps.add(state);
                }
                const { id, tags } = await build;
                const { Id } = await docker().images.get('%1$s');
                await docker().image('%1$s').remove();
                return [lines.filter((l) => /^(\\.|-|\\/etc)/.test(l)), [...steps], tags, id === Id];
                """
                    .formatted(name("folder"))))
        .isEqualTo(
            "[[\"-rwxr-x---\",\"/etc/passwd\",\".\",%s\"./b.txt\",\"./link\",\"./out\",\"./out/keep.txt\",\"./run.sh\"],"
                    .formatted(leavesDockerfile() ? "\"./Dockerfile\"," : "")
                + "[\"running\",\"done\"],[\""
                + name("folder")
                + "\"],true]");
  }

  /** Whether COPY takes the Dockerfile along although it is ignored: BuildKit without a session. */
  boolean leavesDockerfile() {
    return !kind.equals("podman");
  }

  @Test
  void arguments_labels_and_the_stage_are_heeded_and_a_dockerfile_may_stand_elsewhere() {
    user.write("ctx/hello", "hi");
    user.write(
        "elsewhere/Dockerfile.prod",
        "FROM lab/bb:1 AS base\nARG WHO\nCOPY hello /\nENV GREETS=$WHO\nFROM base AS other\nENV OTHER=1\n");
    assertThat(
            value(
                """
                const { images, image } = docker();
                const { id } = await images.build({ context: 'HOME/ctx', dockerfile: 'HOME/elsewhere/Dockerfile.prod',
                  target: 'base', buildArgs: { WHO: 'world' }, labels: { role: 'web' }, tags: ['%1$s'] });
                const { Config } = await images.get(id);
                await image('%1$s').remove();
                return [Config.Env.filter((e) => !e.startsWith('PATH')), Config.Labels.role];
                """
                    .formatted(name("stage"))))
        .isEqualTo("[[\"GREETS=world\"],\"web\"]");
  }

  @Test
  void a_step_that_fails_ends_the_build_with_what_it_said() {
    var failure =
        value(
            """
            try {
              await docker().images.build({ dockerfileInline: 'FROM lab/bb:1\\nRUN echo it broke; exit 3', tags: ['%s'] });
            } catch (error) {
              return [error.code, error.details.log.at(-1), error.details.step.includes('exit 3'), error.message.includes('3')];
            }
            """
                .formatted(name("broken")));
    assertThat(failure).isEqualTo("[\"docker.build-failed\",\"it broke\",true,true]");
  }

  @Test
  void what_is_missing_is_named() {
    user.write("empty/x", "");
    assertThat(failure("await docker().images.build({ context: 'HOME/none' });"))
        .startsWith(
            "docker.build-context-not-found: There is nothing at `"
                + home
                + "/none` to build from.");
    assertThat(failure("await docker().images.build({ context: 'HOME/empty' });"))
        .startsWith(
            "docker.dockerfile-not-found: There is no Dockerfile at `"
                + home
                + "/empty/Dockerfile`.");
    assertThat(failure("await docker().images.build({});"))
        .startsWith(
            "docker.build-option: The option `context` of the build cannot be: there is none.");
  }

  @Test
  void a_folder_that_the_recipe_may_not_read_is_not_sent() {
    user.write("app/Dockerfile", "FROM lab/bb:1");
    assertThat(
            user.failure(
                "await docker().images.build({ context: '%s/app' });".formatted(home),
                "docker:write"))
        .startsWith("permission.denied: ")
        .contains("read");
  }

  @Test
  void ensure_builds_once_and_again_when_a_file_changes() {
    user.write("app/Dockerfile", "FROM lab/bb:1\nCOPY a /").write("app/a", "1");
    assertThat(
            value(
                """
                const spec = { name: '%1$s', build: { context: 'HOME/app' } };
                const { ensure } = docker().images;
                const first = await ensure(spec);
                const second = await ensure(spec);
                const third = await ensure({ ...spec, build: { ...spec.build, labels: { x: '1' } } });
                await docker().image('%1$s').remove();
                return [first.changed, first.before, second.changed, third.changed, third.before.Id === first.after.Id];
                """
                    .formatted(name("ensured"))))
        .isEqualTo("[true,null,false,true,true]");
    assertThat(value("return (await docker().images.ensure({ name: 'lab/bb:1' })).changed;"))
        .isEqualTo("false");
  }

  @Test
  void an_image_is_saved_to_a_file_and_loaded_from_it() {
    assertThat(
            value(
                """
                const { images, image } = docker();
                const mine = await image('lab/bb:1').tag('%1$s');
                const { Id } = await mine.inspect();
                const saved = await mine.save('HOME/image.tar');
                await mine.remove();
                const loaded = await images.load('HOME/image.tar');
                const same = (await mine.inspect()).Id === Id;
                await mine.remove();
                return [saved.path, saved.sizeBytes > 1000000, loaded.images.map((n) => n.replace('docker.io/', '')), same];
                """
                    .formatted(name("saved"))))
        .isEqualTo("[\"%s/image.tar\",true,[\"%s\"],true]".formatted(home, name("saved")));
    assertThat(home.resolve("image.tar")).exists();
  }

  @Test
  void the_files_of_a_system_become_an_image() throws Exception {
    user.write("root/hello", "hi");
    var tar =
        new ProcessBuilder(
                "tar",
                "-C",
                home.resolve("root").toString(),
                "-cf",
                home.resolve("root.tar").toString(),
                ".")
            .start();
    assertThat(tar.waitFor()).isZero();
    assertThat(
            value(
                """
                const made = await docker().images.import('HOME/root.tar', { name: '%1$s', changes: ['CMD ["/hello"]'], message: 'by hand' });
                await docker().image('%1$s').remove();
                return [made.Config.Cmd, made.Id.slice(0, 7)];
                """
                    .formatted(name("imported"))))
        .isEqualTo("[[\"/hello\"],\"sha256:\"]");
  }
}
