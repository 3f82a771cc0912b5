package dev.hearth.stdlib.docker;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which working with a Docker engine fails on purpose. */
enum DockerError implements ErrorCode {
  // ---- How to reach it
  HOST_MALFORMED(
      ErrorKind.USAGE,
      "`%s` is not the address of a Docker engine.",
      "Write `unix:///run/docker.sock`, `tcp://HOST:2376` or `ssh://USER@HOST`."),
  CONTEXT_NOT_FOUND(
      ErrorKind.USAGE, "Docker has no context `%s`.", "`docker context ls` lists them."),
  CONTEXT_MALFORMED(
      ErrorKind.USAGE,
      "The Docker context `%s` cannot be read: %s.",
      "Look at it with `docker context inspect %1$s`, or make it again."),
  CONFIG_MALFORMED(
      ErrorKind.USAGE, "`%s` is not the JSON that Docker writes.", "Correct the file."),
  TLS_UNVERIFIED(
      ErrorKind.USAGE,
      "The Docker context `%s` says not to verify who answers.",
      "Pin the certificate instead: `hearth connect add docker %1$s --host … --fingerprint …`."),
  UNREACHABLE(
      ErrorKind.SYSTEM,
      "No Docker engine answers at `%s`.",
      "Start it (`systemctl start docker`), or say where it is with `DOCKER_HOST`, `docker context"
          + " use` or `hearth connect add docker`."),
  SOCKET_DENIED(
      ErrorKind.SYSTEM,
      "You may not use the Docker engine at `%s`.",
      "Become a member of its group (`usermod -aG docker USER`, which is as good as root) and log in"
          + " again, or use a rootless engine."),
  NOT_DOCKER(
      ErrorKind.SYSTEM,
      "`%s` answered with something that is not an answer of a Docker engine.",
      "Check that the address leads to the engine itself and not to another service or proxy."),
  ENGINE_TOO_OLD(
      ErrorKind.SYSTEM,
      "The engine at `%s` speaks version %s of the API; 1.41 is the oldest that is supported.",
      "Update it to Docker 20.10 or Podman 4, or newer."),
  API_TOO_OLD(
      ErrorKind.SYSTEM,
      "The engine speaks version %s of the API; %s needs %s.",
      "Update the engine, or do without it."),
  // ---- What a container is to be
  SPEC_KEY(
      ErrorKind.RECIPE,
      "A container has no key `%s`.",
      "Keys are those of services in the Compose specification; `raw: { HostConfig: { … } }` takes"
          + " fields of the API's own."),
  SPEC_VALUE(
      ErrorKind.RECIPE,
      "`%s` of the container %s.",
      "Write it as the Compose specification has it."),
  // ---- Containers
  UNSUPPORTED(ErrorKind.SYSTEM, "The engine cannot %s.", "Update the engine, or do without it."),
  CONTAINER_EXISTS(
      ErrorKind.SYSTEM,
      "A container `%s` exists already.",
      "Remove it, take another name, or say what it is to be with `containers.ensure`."),
  CONTAINER_RUNNING(
      ErrorKind.SYSTEM,
      "Container `%s` is running.",
      "Stop it first, or pass `{ force: true }` to remove it while it runs."),
  CONTAINER_NOT_RUNNING(
      ErrorKind.SYSTEM, "Container `%s` is not running, but %s.", "Start it with `start()` first."),
  CONTAINER_STATE(
      ErrorKind.SYSTEM,
      "Container `%s` could not be started: %s.",
      "Correct what the engine says of its specification, then make it again."),
  CONTAINER_TIMEOUT(
      ErrorKind.TIMEOUT,
      "Container `%s` was not %s within %s.",
      "Look at its log, or give it longer with `timeout`."),
  CONTAINER_FAILED(
      ErrorKind.SYSTEM,
      "The container of `%s` ended with status %s.",
      "Look at its output in `details`, or pass `{ nothrow: true }` to take the status as a result."),
  NETWORK_NOT_FOUND(
      ErrorKind.SYSTEM,
      "Network `%s` does not exist.",
      "Make it first: `docker().networks.ensure({ name: '%1$s' })`."),
  COMMAND_MALFORMED(
      ErrorKind.RECIPE,
      "The command cannot be read: %s.",
      "Write it as in a shell; values need no quotes around them."),
  VALUE_AS_CODE(
      ErrorKind.RECIPE,
      "A value stands %s, where the shell of the container would read it as code.",
      "Put it between spaces, or give the words as an array, which no shell reads."),
  COMMAND_FAILED(
      ErrorKind.SYSTEM,
      "`%s` failed with exit status %s in container `%s`.",
      "Look at its output in `details`, or take the status as a result with `nothrow`."),
  COMMAND_TIMEOUT(
      ErrorKind.TIMEOUT,
      "`%s` in container `%s` did not end within %s.",
      "It still runs there; give it longer with `timeout`, or end it with `kill`."),
  OUTPUT_TOO_LARGE(
      ErrorKind.SYSTEM,
      "`%s` wrote more than %s MiB.",
      "Read its lines as they come: `for await (const line of …)`."),
  SESSION_OVER(ErrorKind.RECIPE, "The session in container `%s` is over.", "Open another one."),
  PATH_NOT_FOUND(
      ErrorKind.SYSTEM,
      "There is no `%s` in container `%s`.",
      "Make the folder first: `await container.exec(['mkdir', '-p', …])`."),
  COPY_SOURCE(
      ErrorKind.SYSTEM,
      "There is no file or folder `%s` on this machine.",
      "Check the path; a relative one begins where Hearth was started."),
  COPY_NO_FILE(
      ErrorKind.SYSTEM,
      "`%s` in the container is no file.",
      "Name a file; a folder is copied with `download`."),
  COPY_IN_THE_WAY(
      ErrorKind.SYSTEM,
      "`%s` has something in it already.",
      "Copy the folder to a path that is not there yet, or empty it."),
  COPY_HOSTILE(
      ErrorKind.SYSTEM,
      "What comes out of the container wants to be outside of the folder that it is copied to: `%s`.",
      "Do not trust this container; nothing of it was kept."),
  COPY_TOO_LARGE(
      ErrorKind.SYSTEM, "`%s` is larger than %s MiB.", "Copy it to a file with `download`."),
  OPTION_VALUE(ErrorKind.RECIPE, "`%s` is `%s`, which is no %s.", "Write it as the types say."),
  // ---- What was asked
  PATH_SEGMENT(
      ErrorKind.RECIPE,
      "`%s` cannot be a part of a path of the API.",
      "Give a plain name or id; control characters, `.` and `..` are refused."),
  PARAMETER(
      ErrorKind.RECIPE,
      "The engine does not accept `%s`: %s.",
      "Correct what the message names; the forms stand in the documentation of the Engine API."),
  NOT_FOUND(
      ErrorKind.SYSTEM,
      "The engine knows nothing at `%s`: %s.",
      "Check the names, and the path of a raw request."),
  CONTAINER_NOT_FOUND(
      ErrorKind.SYSTEM,
      "Container `%s` does not exist.",
      "List them with `docker().containers.list({ all: true })`."),
  // ---- Images and registries
  IMAGE_MALFORMED(
      ErrorKind.RECIPE,
      "`%s` is not the name of an image: %s.",
      "Write it like `nginx:1.27`, `registry.lan:5000/team/app:2` or `nginx@sha256:…`."),
  IMAGE_NOT_FOUND(
      ErrorKind.SYSTEM,
      "The engine has no image `%s`.",
      "Get it with `docker().images.pull(…)`; those that are there lists `docker().images.list()`."),
  IMAGE_NOT_IN_REGISTRY(
      ErrorKind.SYSTEM,
      "The registry has no image `%s`, or does not show it to you.",
      "Check the name and the tag, and log in with `docker().login({ registry, username, password })`."),
  PULL_FAILED(
      ErrorKind.SYSTEM,
      "Image `%s` could not be pulled: %s.",
      "Check that the engine reaches the registry, and that you are logged in to it."),
  PUSH_FAILED(
      ErrorKind.SYSTEM,
      "Image `%s` could not be pushed: %s.",
      "Check that you are logged in to the registry and may write there."),
  LOGIN_REFUSED(
      ErrorKind.SYSTEM,
      "The registry `%s` does not accept the login of `%s`: %s.",
      "Check user name and password; many registries want a token in place of the password."),
  LOGIN_MALFORMED(
      ErrorKind.USAGE,
      "The login to `%s` in Docker's `config.json` cannot be read.",
      "Log in again with `docker login %1$s`."),
  CREDENTIAL_HELPER(
      ErrorKind.USAGE,
      "The credential helper `%s` gives no login: %s.",
      "Run it by hand, or take it out of Docker's `config.json`."),
  BUILD_OPTION(
      ErrorKind.RECIPE,
      "The option `%s` of the build cannot be: %s.",
      "Give a `context` folder with a Dockerfile, or the text of one as `dockerfileInline`."),
  BUILD_PLATFORM(
      ErrorKind.SYSTEM,
      "The engine was asked for %s and built for %s.",
      "Let its builder be BuildKit, and have its images come from a registry that has them for that platform."),
  BUILD_CONTEXT_NOT_FOUND(
      ErrorKind.RECIPE,
      "There is nothing at `%s` to build from.",
      "Name a folder with a Dockerfile, or a tar of one."),
  BUILD_CONTEXT_TOO_DEEP(
      ErrorKind.RECIPE,
      "The folders of the build are deeper than any real ones at `%s`.",
      "Leave that out with a line in `.dockerignore`."),
  BUILD_CONTEXT_CHANGED(
      ErrorKind.SYSTEM,
      "`%s` became shorter while it was sent.",
      "Build from files that nobody changes meanwhile, or leave it out in `.dockerignore`."),
  DOCKERFILE_NOT_FOUND(
      ErrorKind.RECIPE,
      "There is no Dockerfile at `%s`.",
      "Name it with `dockerfile`; it is looked for from the context on."),
  IGNORE_MALFORMED(
      ErrorKind.USAGE,
      "The line `%s` of the `.dockerignore` is no pattern.",
      "Correct it: a `!` is followed by a path, a `[` is closed, a backslash has something behind it."),
  BUILDX_MISSING(
      ErrorKind.SYSTEM,
      "Build secrets, SSH and caches need Docker's buildx plug-in of version 0.13 or newer: %s.",
      "Install `docker-buildx-plugin` (Debian: `docker-buildx`) where the recipe runs, or build without"
          + " `secrets`, `ssh`, `cacheFrom` and `cacheTo`."),
  BUILD_FAILED(
      ErrorKind.SYSTEM,
      "The build of `%s` failed: %s.",
      "Look at `details.log`, which is the end of what its steps wrote."),
  LOAD_FAILED(
      ErrorKind.SYSTEM,
      "`%s` could not be loaded: %s.",
      "Check that it is what `docker save` writes, or take `images.import` for the files of a system."),
  IMAGE_SPEC(
      ErrorKind.RECIPE,
      "The image that is to be cannot be so: %s.",
      "Write it like `{ name: 'nginx:1.27' }` or `{ name: 'lab/app:1', build: { context: 'app' } }`."),
  // ---- Networks and volumes
  NETWORK_DIFFERS(
      ErrorKind.SYSTEM,
      "Network `%s` is there and differs: %s.",
      "Pass `{ recreate: true }` to make it anew, which takes its containers off it and puts them on again."),
  VOLUME_NOT_FOUND(
      ErrorKind.SYSTEM, "Volume `%s` does not exist.", "List them with `docker().volumes.list()`."),
  VOLUME_DIFFERS(
      ErrorKind.SYSTEM,
      "Volume `%s` is there and differs: %s.",
      "Give it the name of a new volume, or pass `{ recreate: true }` to lose what is in it."),
  BROKE_OFF(
      ErrorKind.SYSTEM,
      "The engine's answer to `%s` broke off.",
      "Look whether the engine still runs, then do it again."),
  CONFLICT(
      ErrorKind.SYSTEM,
      "`%s` conflicts with what is there: %s.",
      "Look at what holds it, then stop, rename or remove that first."),
  DENIED(
      ErrorKind.SYSTEM,
      "The engine forbids `%s`: %s.",
      "Ask who runs it for the right to do so, or log in to the registry that it names."),
  ENGINE_FAILED(
      ErrorKind.SYSTEM,
      "The engine failed at `%s`: %s.",
      "Look into the engine's own log (`journalctl -u docker`)."),
  INTERRUPTED(
      ErrorKind.INTERRUPTED,
      "`%s` was interrupted.",
      "Check whether it took effect, then run it again.");

  private final ErrorText text;

  DockerError(ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of("docker", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
