package dev.hearth.stdlib.proxmox;

import dev.hearth.runtime.effect.http.HttpRequest;

/** How requests say who they come from. */
interface Authentication {
  Identity identity();

  /**
   * The request with what proves the identity.
   *
   * @param writes whether it needs the proof against forged requests of browsers as well
   */
  HttpRequest sign(HttpRequest request, boolean writes);

  /** Called when a signed request got status 401; whether signing it again may help. */
  boolean refresh();
}
