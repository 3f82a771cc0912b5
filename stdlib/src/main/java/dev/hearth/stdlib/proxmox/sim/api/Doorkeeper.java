package dev.hearth.stdlib.proxmox.sim.api;

import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out who calls: by ticket and CSRF token, or by API token. */
final class Doorkeeper {
  private static final Pattern UPLOAD = Pattern.compile("/nodes/[^/]+/storage/([^/]+)/upload");
  private static final Pattern COOKIE = Pattern.compile("(?:^|;\\s*)PVEAuthCookie=([^;]*)");
  private static final Set<String> OPENID =
      Set.of("/access/openid/auth-url", "/access/openid/login");
  private static final Pattern TOKEN = Pattern.compile("PVEAPIToken[= ](.*)");

  private final World world;

  Doorkeeper(World world) {
    this.world = world;
  }

  /**
   * Somebody who was let in.
   *
   * @param user {@code user@realm} or {@code user@realm!token}; empty for nobody
   * @param isToken whether an API token was shown
   * @param mayUpload whether the body is an upload
   */
  record Visitor(String user, boolean isToken, boolean mayUpload) {}

  /** Somebody who was not; the answer has no body. */
  static final class Rejection extends RuntimeException {
    private final int status;

    Rejection(int status, String text) {
      super(text, null, false, false);
      this.status = status;
    }

    int status() {
      return status;
    }

    String text() {
      var message = getMessage();
      return message == null ? "" : message;
    }
  }

  Visitor admit(SimRequest request, String path) {
    var token = token(request);
    boolean isUpload = request.method().equals("POST") && UPLOAD.matcher(path).matches();
    if (isOpen(request.method(), path)) {
      return new Visitor("", token != null, false);
    }
    var user = token != null ? byToken(token) : byTicket(request, isUpload);
    if (isUpload) {
      var storage = UPLOAD.matcher(path).replaceFirst("$1");
      world.rightsOf(user).check("/storage/" + storage, "Datastore.AllocateTemplate");
    }
    return new Visitor(user, token != null, isUpload);
  }

  private static boolean isOpen(String method, String path) {
    return (path.equals("/access/domains") && method.equals("GET"))
        || (OPENID.contains(path) && method.equals("POST"))
        || (path.equals("/access/ticket") && (method.equals("GET") || method.equals("POST")));
  }

  private String byToken(String token) {
    return world
        .tickets()
        .tokenOwner(token)
        .orElseThrow(() -> new Rejection(401, "Authentication failed!"));
  }

  private String byTicket(SimRequest request, boolean isUpload) {
    var ticket = ticket(request);
    if (ticket == null) {
      throw new Rejection(401, "No ticket");
    }
    var user =
        world
            .tickets()
            .ticketOwner(ticket)
            .orElseThrow(() -> new Rejection(401, "Authentication failed!"));
    if (!isUpload && !request.method().equals("GET")) {
      var csrf = request.header("CSRFPreventionToken");
      if (csrf == null || !world.tickets().isCsrfOf(user, csrf)) {
        throw new Rejection(401, "Permission denied - invalid csrf token");
      }
    }
    return user;
  }

  private static @Nullable String token(SimRequest request) {
    var header = request.header("Authorization");
    var match = TOKEN.matcher(header == null ? "" : header);
    return match.matches() ? match.group(1) : null;
  }

  private static @Nullable String ticket(SimRequest request) {
    var header = request.header("Cookie");
    var match = COOKIE.matcher(header == null ? "" : header);
    return match.find() ? Forms.decode(match.group(1)) : null;
  }
}
