package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code download-url} and {@code query-url-metadata}. */
public final class DownloadMethods {
  private static final Pattern QUOTED = Pattern.compile("filename=\"([^\"]*)\"");
  private static final Pattern BARE = Pattern.compile("filename=([^;]*)");
  private static final Pattern LAST_PART = Pattern.compile("[^?]+/([^?/]*)(?:\\?.*)?");
  private static final Param URL = Param.of(matching("https?://.*"));

  private final ImageSource web;

  public DownloadMethods(ImageSource web) {
    this.web = web;
  }

  public List<ApiMethod> all() {
    var mayReachOut =
        Check.or(
            Check.perm("/", "Sys.Audit", "Sys.Modify"),
            Check.perm("/nodes/{node}", "Sys.AccessNetwork"));
    return List.of(
        ApiMethod.post("/nodes/{node}/storage/{storage}/download-url")
            .name("download_url")
            .task()
            .allow(
                Check.and(
                    Check.perm("/storage/{storage}", "Datastore.AllocateTemplate"), mayReachOut))
            .param("node", Standard.NODE)
            .param("storage", Standard.STORAGE)
            .param("url", URL)
            .param("content", Param.of(StorageTypes.TRANSFER))
            .param("filename", Param.of(string().maxLength(255)))
            .param("checksum", Param.optional(string()).requires("checksum-algorithm"))
            .param(
                "checksum-algorithm", Param.optional(StorageTypes.ALGORITHM).requires("checksum"))
            .param("compression", Param.optional(oneOf("zst", "gz", "lzo", "bz2")))
            .param("verify-certificates", Param.optional(bool().orElse("1")))
            .answers(this::download),
        ApiMethod.get("/nodes/{node}/query-url-metadata")
            .name("query_url_metadata")
            .allow(mayReachOut)
            .param("node", Standard.NODE)
            .param("url", URL)
            .param("verify-certificates", Param.optional(bool().orElse("1")))
            .answers(this::metadata));
  }

  private Object download(Call call) {
    var params = call.params();
    var storage = call.world().storages().at(call.node(), params.text("storage"));
    if (!storage.config().isFiles()) {
      throw Refusal.die(
          "can't upload to storage type '"
              + storage.config().type()
              + "', not a file based storage!");
    }
    var content = params.text("content");
    if (!storage.config().content().contains(content)) {
      throw Refusal.die(
          "storage '" + storage.id() + "' is not configured for content-type '" + content + "'");
    }
    var filename = StorageTypes.normalized(params.text("filename"));
    StorageTypes.checkName(content, filename);
    var order =
        new Download.Order(
            storage,
            content,
            filename,
            params.text("url"),
            params.flag("verify-certificates", true),
            params.find("checksum-algorithm"),
            params.find("checksum"),
            params.find("compression"));
    return call.fork(
        "download", filename, task -> new Download(order, task, call.world(), web).run());
  }

  private Object metadata(Call call) {
    var url = call.params().text("url");
    boolean verify = call.params().flag("verify-certificates", true);
    try (var answer = call.world().lock().outside(() -> web.head(url, verify))) {
      if (answer.status() != 200) {
        throw Refusal.die(
            "invalid server response: '" + answer.status() + " " + answer.reason() + "'");
      }
      var type = answer.type();
      return new Item()
          .withKnown("filename", filename(url, answer.disposition()))
          .withKnown("size", answer.length() > 0 ? answer.length() : null)
          .withKnown("mimetype", type == null ? null : type.replaceFirst(";.*", ""));
    } catch (Refusal e) {
      throw e;
    } catch (Exception e) {
      var where = URI.create(url);
      int port =
          where.getPort() > 0 ? where.getPort() : "https".equals(where.getScheme()) ? 443 : 80;
      throw Refusal.die(
          "invalid server response: '500 Can't connect to %s:%d (%s)'"
              .formatted(where.getHost(), port, e.getMessage()));
    }
  }

  private static @Nullable String filename(String url, @Nullable String disposition) {
    if (disposition != null) {
      for (var pattern : List.of(QUOTED, BARE)) {
        var match = pattern.matcher(disposition);
        if (match.find()) {
          return match.group(1);
        }
      }
    }
    var last = LAST_PART.matcher(url);
    return last.matches() && !last.group(1).isEmpty() ? last.group(1) : null;
  }
}
