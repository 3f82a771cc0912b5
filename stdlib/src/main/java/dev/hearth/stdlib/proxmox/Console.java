package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.secret.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A console that was opened and waits for who comes with its ticket. */
sealed interface Console {
  /** How a console is spoken to. */
  enum Way {
    @JsonProperty("vnc")
    VNC,
    @JsonProperty("term")
    TERM,
    @JsonProperty("spice")
    SPICE;

    /** As recipes write it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One behind a WebSocket of the API.
   *
   * @param link where the web interface shows one; whoever opens it logs in there
   * @param url of the WebSocket, with the ticket
   * @param password for VNC itself
   * @param expires by when somebody has to be there
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Socket(
      Way type,
      String node,
      String user,
      int port,
      Secret ticket,
      @Nullable Secret password,
      Secret url,
      String link,
      String upid,
      String expires)
      implements Console {
    /** How long the server listens. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * What the server answered.
     *
     * @param asked when
     */
    static Socket of(Way way, Place at, Instant asked, JsonNode answer) {
      var ticket = answer.path("ticket").asText();
      var port = answer.path("port").asInt();
      var encoded = URLEncoder.encode(ticket, StandardCharsets.UTF_8).replace("+", "%20");
      var socket = "wss://" + at.base() + "/api2/json" + at.path().encoded() + "/vncwebsocket";
      return new Socket(
          way,
          at.node(),
          answer.path("user").asText(),
          port,
          Secret.of(ticket),
          answer.hasNonNull("password") ? Secret.of(answer.path("password").asText()) : null,
          Secret.of(socket + "?port=" + port + "&vncticket=" + encoded),
          at.link(way),
          answer.path("upid").asText(),
          expiry(asked, PATIENCE));
    }
  }

  private static String expiry(Instant asked, Duration patience) {
    return asked.plus(patience).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /**
   * One by SPICE.
   *
   * @param file what {@code remote-viewer} takes, with the password
   */
  record Viewer(
      Way type, String node, String proxy, int port, Secret password, Secret file, String expires)
      implements Console {
    /** How long QEMU takes the password. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What the server answered. */
    static Viewer of(Place at, Instant asked, JsonNode answer) {
      var file =
          answer.properties().stream()
              .map(option -> option.getKey() + "=" + option.getValue().asText() + "\n")
              .collect(Collectors.joining("", "[virt-viewer]\n", ""));
      return new Viewer(
          Way.SPICE,
          at.node(),
          answer.path("proxy").asText(),
          answer.path("tls-port").asInt(),
          Secret.of(answer.path("password").asText()),
          Secret.of(file),
          expiry(asked, PATIENCE));
    }
  }

  /**
   * Whose console it is.
   *
   * @param base where the API is, such as {@code 10.0.0.5:8006}
   * @param kind as the web interface calls it: {@code kvm}, {@code lxc}, {@code shell}
   * @param vmid of a guest
   */
  record Place(String base, ApiPath path, String node, String kind, @Nullable Long vmid) {
    private String link(Way way) {
      return "https://"
          + base
          + "/?console="
          + kind
          + (way == Way.TERM ? "&xtermjs=1" : "&novnc=1")
          + (vmid == null ? "" : "&vmid=" + vmid)
          + "&node="
          + URLEncoder.encode(node, StandardCharsets.UTF_8);
    }
  }
}
