package dev.hearth.stdlib.docker;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which working with a registry fails on purpose. */
enum RegistryError implements ErrorCode {
  REGISTRY_MALFORMED(
      ErrorKind.RECIPE,
      "`%s` is not the address of a registry.",
      "Write its host and port, such as `registry.lan:5000`; `http://` before it goes without TLS."),
  REGISTRY_IMAGE_MALFORMED(
      ErrorKind.RECIPE,
      "`%s` is not the name of an image in a registry.",
      "Write `team/app:1.0` or `team/app@sha256:…`, in lower case and without the registry."),
  REGISTRY_PLATFORM_MALFORMED(
      ErrorKind.RECIPE, "`%s` is not a platform.", "Write it as `linux/amd64` or `linux/arm/v7`."),
  REGISTRY_LOGIN_INCOMPLETE(
      ErrorKind.RECIPE,
      "A user name and a password belong together.",
      "Give both `username` and `password`, or none to use the login that Docker keeps."),
  REGISTRY_DENIED(
      ErrorKind.SYSTEM,
      "The registry %s does not let %s do `%s`.",
      "Check the user name and the password, and what the registry grants that user."),
  REGISTRY_LOGIN_WANTED(
      ErrorKind.SYSTEM,
      "The registry %s wants to know who asks for `%s`.",
      "Log in with `docker login`, or give `username` and `password`."),
  REGISTRY_CHALLENGE(
      ErrorKind.SYSTEM,
      "The registry %s asks for a login in a way that is not known: `%s`.",
      "Registries use `Basic`, or `Bearer` with a realm that is as safe as the registry itself."),
  REGISTRY_NOT_FOUND(
      ErrorKind.SYSTEM,
      "The registry %s has no `%s`.",
      "List what it has with `registry.repositories.list()` and `repository(…).tags.list()`."),
  REGISTRY_PLATFORM_MISSING(
      ErrorKind.SYSTEM,
      "`%s` is not made for %s.",
      "It is made for the platforms in the details of this error; ask for one of them."),
  REGISTRY_TAGS_SHARED(
      ErrorKind.RECIPE,
      "`%s` is also %s, and this registry deletes an image with all its tags.",
      "Pass `{ allTags: true }` to delete them all, or move those tags to another image first."),
  REGISTRY_DELETE_OFF(
      ErrorKind.SYSTEM,
      "The registry %s does not delete.",
      "Allow it there: `storage: { delete: { enabled: true } }` in the configuration of the registry."),
  REGISTRY_MISMATCH(
      ErrorKind.SYSTEM,
      "The registry %s sent something else than `%s`.",
      "Do not use it: it is damaged there, or changed on the way."),
  REGISTRY_UNKNOWN_KIND(
      ErrorKind.SYSTEM,
      "`%s` is of the kind `%s`, which is not read.",
      "Push it anew with a client of this decade."),
  REGISTRY_BUSY(
      ErrorKind.SYSTEM,
      "The registry %s takes no more requests for now, as `%s`.",
      "Wait as long as the details say; many registries allow more to who is logged in."),
  REGISTRY_BROKE_OFF(
      ErrorKind.SYSTEM,
      "What the registry %s sent of `%s` broke off again and again.",
      "Copy it again: what the target has is not sent a second time."),
  REGISTRY_FAILED(
      ErrorKind.SYSTEM,
      "The registry %s failed at `%s`: %s.",
      "Look into the log of the registry."),
  REGISTRY_SERVER_WRONG(
      ErrorKind.RECIPE, "`%s` %s.", "Correct what is given to `registryServer(…).ensure`."),
  REGISTRY_SERVER_PLAIN(
      ErrorKind.RECIPE,
      "A registry with users has to have a certificate: passwords would be read on the way.",
      "Give `tls: { certificate, key }`, or `address: '127.0.0.1'` for this host alone."),
  REGISTRY_SERVER_OTHER(
      ErrorKind.SYSTEM,
      "The container `%s` is there, but it is not a registry that was made so.",
      "Choose another name, or remove the container first."),
  REGISTRY_SERVER_FAILED(
      ErrorKind.SYSTEM,
      "The registry `%s` does not run: %s.",
      "Correct its description; what it said last is in the details of this error."),
  REGISTRY_SERVER_BUSY(
      ErrorKind.SYSTEM,
      "The registry `%s` does not start while its garbage is collected by the container `%s`.",
      "Wait until that container has ended, then do it again."),
  REGISTRY_GARBAGE_NEEDED(
      ErrorKind.SYSTEM,
      "Nothing was deleted from the registry `%s`: its program takes %d images that indexes with tags consist of for untagged.",
      "Run it with an image of Distribution 3, which knows better, or leave `untagged` out."),
  REGISTRY_NONE(
      ErrorKind.SYSTEM,
      "What answers at %s is not a registry.",
      "Check host and port: `https://HOST:PORT/v2/` must answer.");

  private final ErrorText text;

  RegistryError(ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of("docker", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
