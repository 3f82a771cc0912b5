package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Deletes only what nobody uses. Proxmox itself lets root's own account be deleted, a role that
 * people have, and a storage that disks lie on.
 */
final class Usage {
  private static final String ROOT = "root@pam";

  private final ProxmoxConnection connection;

  Usage(ProxmoxConnection connection) {
    this.connection = connection;
  }

  /** What can be deleted with care. */
  enum Kind {
    @JsonProperty("user")
    USER,
    @JsonProperty("group")
    GROUP,
    @JsonProperty("role")
    ROLE,
    @JsonProperty("token")
    TOKEN,
    @JsonProperty("storage")
    STORAGE;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Deletes something.
   *
   * @param force also when it is in use
   * @return whether it was there
   */
  boolean delete(Kind kind, String id, boolean force) {
    if (find(kind, id).isEmpty()) {
      return false;
    }
    if (!force) {
      var users = users(kind, id);
      if (!users.isEmpty()) {
        throw new HearthException(ProxmoxError.IN_USE, kind.word(), id, String.join(", ", users))
            .with("uses", users);
      }
    }
    connection.data(delete(kind, id));
    return true;
  }

  private static ApiCall delete(Kind kind, String id) {
    return switch (kind) {
      case USER -> ApiCall.delete("access", "users", id);
      case GROUP -> ApiCall.delete("access", "groups", id);
      case ROLE -> ApiCall.delete("access", "roles", id);
      case TOKEN -> ApiCall.delete("access", "users", owner(id), "token", name(id));
      case STORAGE -> ApiCall.delete("storage", id);
    };
  }

  private Optional<JsonNode> find(Kind kind, String id) {
    return switch (kind) {
      case USER -> first(ApiCall.get("access", "users"), "userid", id);
      case GROUP -> first(ApiCall.get("access", "groups"), "groupid", id);
      case ROLE -> first(ApiCall.get("access", "roles"), "roleid", id);
      case TOKEN -> first(ApiCall.get("access", "users", owner(id), "token"), "tokenid", name(id));
      case STORAGE -> first(ApiCall.get("storage"), "storage", id);
    };
  }

  private Optional<JsonNode> first(ApiCall list, String field, String id) {
    return connection
        .data(list)
        .valueStream()
        .filter(one -> one.path(field).asText().equals(id))
        .findFirst();
  }

  private static String owner(String token) {
    int bang = token.indexOf('!');
    return bang < 0 ? token : token.substring(0, bang);
  }

  private static String name(String token) {
    return token.substring(token.indexOf('!') + 1);
  }

  private List<String> users(Kind kind, String id) {
    return switch (kind) {
      case USER -> ofUser(id);
      case TOKEN -> ofToken(id);
      case GROUP -> ofGroup(id);
      case ROLE -> acl("roleid", id);
      case STORAGE -> ofStorage(id);
    };
  }

  private List<String> ofUser(String userid) {
    var uses = new ArrayList<String>();
    if (userid.equals(ROOT)) {
      uses.add("it is the superuser, whose tokens would go");
    }
    if (owner(connection.identity().name()).equals(userid)) {
      uses.add("this connection comes in as it");
    }
    connection
        .data(ApiCall.get("access", "users", userid, "token"))
        .forEach(token -> uses.add("token " + userid + "!" + token.path("tokenid").asText()));
    return uses;
  }

  private List<String> ofToken(String token) {
    return connection.identity().name().equals(token)
        ? List.of("this connection comes in with it")
        : List.of();
  }

  private List<String> ofGroup(String groupid) {
    var uses = new ArrayList<String>();
    connection
        .data(ApiCall.get("access", "groups", groupid))
        .path("members")
        .forEach(member -> uses.add("member " + member.asText()));
    connection
        .data(ApiCall.get("access", "acl"))
        .valueStream()
        .filter(entry -> entry.path("type").asText().equals("group"))
        .filter(entry -> entry.path("ugid").asText().equals(groupid))
        .forEach(
            entry ->
                uses.add(entry.path("roleid").asText() + " on " + entry.path("path").asText()));
    return uses;
  }

  private List<String> acl(String field, String id) {
    return connection
        .data(ApiCall.get("access", "acl"))
        .valueStream()
        .filter(entry -> entry.path(field).asText().equals(id))
        .map(
            entry ->
                entry.path("type").asText()
                    + " "
                    + entry.path("ugid").asText()
                    + " on "
                    + entry.path("path").asText())
        .toList();
  }

  private List<String> ofStorage(String storage) {
    var uses = new ArrayList<>(guestsThatName(storage + ":"));
    connection
        .data(ApiCall.get("cluster", "backup"))
        .valueStream()
        .filter(job -> job.path("storage").asText().equals(storage))
        .forEach(job -> uses.add("backup job " + job.path("id").asText()));
    return uses;
  }

  /** Refuses when a guest's configuration names a volume. */
  void checkVolume(String volid) {
    if (!volid.matches("[^:]+:(?:\\d+/.*|(?:vm|base|subvol|basevol)-\\d+-.*)")) {
      return; // not a guest's disk
    }
    var uses = guestsThatName(volid);
    if (!uses.isEmpty()) {
      throw new HearthException(ProxmoxError.IN_USE, "volume", volid, String.join(", ", uses))
          .with("uses", uses);
    }
  }

  private List<String> guestsThatName(String begin) {
    var found = new ArrayList<String>();
    var all = ApiCall.get("cluster", "resources").with(params -> params.put("type", "vm"));
    for (var guest : connection.data(all)) {
      var vmid = guest.path("vmid").asText();
      var type = guest.path("type").asText();
      var node = guest.path("node").asText();
      var config = connection.data(ApiCall.get("nodes", node, type, vmid, "config"));
      if (names(config, begin)) {
        found.add((type.equals("lxc") ? "container " : "VM ") + vmid);
      }
    }
    return found;
  }

  /** Whether a value of a configuration begins so, or what it is about. */
  private static boolean names(JsonNode config, String begin) {
    var pattern = Pattern.compile("(?s)(?:[a-z]+=)?" + Pattern.quote(begin) + ".*");
    return config.valueStream().map(JsonNode::asText).anyMatch(pattern.asMatchPredicate());
  }
}
