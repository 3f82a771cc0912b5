package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.JsonText;
import dev.hearth.runtime.spi.Op;
import dev.hearth.stdlib.json.FieldSelection;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Objects of any kind: read, made, changed and deleted one by one. */
final class ObjectOps {
  /** What patches are called, and their media types. */
  private static final Map<String, String> PATCHES =
      Map.of(
          "json", "application/json-patch+json",
          "merge", "application/merge-patch+json",
          "strategic", "application/strategic-merge-patch+json",
          "apply", Manifest.APPLY);

  private final Cluster cluster;
  private final Applying applying;
  private final Deleting deleting;

  ObjectOps(Cluster cluster) {
    this.cluster = cluster;
    this.applying = new Applying(cluster);
    this.deleting = new Deleting(cluster);
  }

  /** All kinds of the cluster. */
  @Op
  List<ResourceKind> kinds() {
    cluster.kinds().forget();
    return cluster.kinds().all();
  }

  record Named(String kind) {}

  @Op
  ResourceKind kind(Named request) {
    return cluster.kinds().named(request.kind());
  }

  /**
   * One object.
   *
   * @param select which fields are wanted; null for all
   */
  record One(String kind, String name, @Nullable String namespace, @Nullable List<String> select) {}

  /** Null where there is none. */
  @Op
  @Nullable JsonText find(One request) {
    try {
      return get(request);
    } catch (HearthException e) {
      if (e.code() == KubernetesError.NOT_FOUND) {
        return null;
      }
      throw e;
    }
  }

  @Op
  JsonText get(One request) {
    var kind = cluster.kinds().named(request.kind());
    var namespace = cluster.namespace(kind, request.namespace());
    var call =
        ApiCall.get(kind.path(namespace, request.name()))
            .about(kind.subject(namespace, request.name()));
    return copied(call, kind, FieldSelection.of(request.select()));
  }

  /** The object of a good answer, as recipes may see it. */
  private JsonText copied(ApiCall call, ResourceKind kind, FieldSelection selection) {
    return cluster
        .server()
        .read(
            call,
            ApiServer.BODY_BYTES,
            parser -> {
              var text = new StringWriter();
              if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new HearthException(
                    KubernetesError.NOT_KUBERNETES, call, "its answer is no object");
              }
              try (var generator = ApiServer.MAPPER.createGenerator(text)) {
                new ObjectCopy(selection, kind.isSecret()).copy(parser, generator, null);
              }
              return new JsonText(text.toString());
            });
  }

  /**
   * A value of a Secret.
   *
   * @param key one of its {@code data}
   */
  record ValueOf(String name, @Nullable String namespace, String key) {}

  /** The value as a text: bytes would reach a recipe unhidden. */
  @Op
  Secret secretValue(ValueOf request) {
    try {
      return Secret.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded(request))).toString());
    } catch (CharacterCodingException e) {
      // Without the cause, which tells of its bytes.
      throw new HearthException(
          KubernetesError.SECRET_BINARY,
          "Secret `" + ApiPath.shown(request.name()) + "`",
          ApiPath.shown(request.key()));
    }
  }

  private byte[] decoded(ValueOf request) {
    var kind = cluster.kinds().of("v1", "Secret");
    var namespace = cluster.namespace(kind, request.namespace());
    var subject = kind.subject(namespace, request.name());
    var secret =
        cluster.server().json(ApiCall.get(kind.path(namespace, request.name())).about(subject));
    var value = secret.path("data").path(request.key());
    if (!value.isTextual()) {
      throw new HearthException(KubernetesError.SECRET_KEY, subject, ApiPath.shown(request.key()));
    }
    return Base64.getDecoder().decode(value.asText());
  }

  /**
   * An object that is to be made or changed.
   *
   * @param kind what it is if it does not say so itself
   */
  record Given(
      JsonNode manifest,
      @Nullable String kind,
      @Nullable String namespace,
      @Nullable Boolean dryRun) {}

  @Op(writes = true)
  JsonText create(Given request) {
    var manifest = Manifest.of(cluster, request.manifest(), request.kind(), request.namespace());
    var call =
        ApiCall.of("POST", manifest.kind().path(manifest.namespace()))
            .param("fieldManager", Applying.MANAGER)
            .param("dryRun", dryRun(request.dryRun()))
            .body("application/json", manifest.json())
            .about(manifest.subject());
    return copied(call, manifest.kind(), FieldSelection.ALL);
  }

  @Op(writes = true)
  JsonText replace(Given request) {
    var manifest = Manifest.of(cluster, request.manifest(), request.kind(), request.namespace());
    var call =
        ApiCall.of("PUT", manifest.path())
            .param("fieldManager", Applying.MANAGER)
            .param("dryRun", dryRun(request.dryRun()))
            .body("application/json", manifest.json())
            .about(manifest.subject());
    return copied(call, manifest.kind(), FieldSelection.ALL);
  }

  private static @Nullable String dryRun(@Nullable Boolean wanted) {
    return Boolean.TRUE.equals(wanted) ? "All" : null;
  }

  /**
   * A change of one object.
   *
   * @param type {@code merge} unless it says otherwise; {@code json} for a list of operations
   * @param subresource such as {@code status} or {@code scale}; null for the object itself
   */
  record Patch(
      String kind,
      String name,
      @Nullable String namespace,
      JsonNode patch,
      @Nullable String type,
      @Nullable String subresource,
      @Nullable Boolean force,
      @Nullable Boolean dryRun) {}

  @Op(writes = true)
  JsonText patch(Patch request) {
    var kind = cluster.kinds().named(request.kind());
    var namespace = cluster.namespace(kind, request.namespace());
    var subject = kind.subject(namespace, request.name());
    var type = request.type() == null ? usual(request.patch()) : request.type();
    var media = PATCHES.get(type);
    if (media == null) {
      throw new HearthException(
          KubernetesError.OPTION_WRONG,
          "type",
          ApiPath.shown(type),
          "`json`, `merge`, `strategic`, `apply`");
    }
    if (kind.isSecret()) {
      SecretMask.refuseMasksIn(request.patch(), subject);
    }
    var path = kind.path(namespace, request.name());
    if (request.subresource() != null) {
      path = path.then(ApiPath.name(request.subresource(), "subresource"));
    }
    var call =
        ApiCall.of("PATCH", path)
            .param("fieldManager", Applying.MANAGER)
            .param("force", type.equals("apply") ? request.force() : null)
            .param("dryRun", dryRun(request.dryRun()))
            .body(media, request.patch().toString().getBytes(StandardCharsets.UTF_8))
            .about(subject);
    return copied(call, kind, FieldSelection.ALL);
  }

  private static String usual(JsonNode patch) {
    return patch.isArray() ? "json" : "merge";
  }

  /**
   * What is to be applied.
   *
   * @param force whether fields are taken over that others manage
   */
  record Apply(
      JsonNode manifest,
      @Nullable String kind,
      @Nullable String namespace,
      @Nullable Boolean force,
      @Nullable Boolean dryRun) {

    Applying.Options options() {
      return new Applying.Options(Boolean.TRUE.equals(force), Boolean.TRUE.equals(dryRun));
    }
  }

  /** The object as it is then. */
  @Op(writes = true)
  JsonNode apply(Apply request) {
    var manifest = Manifest.of(cluster, request.manifest(), request.kind(), request.namespace());
    return ShownObject.of(applying.apply(manifest, request.options()));
  }

  /** The same, with what it was before and what that changed. */
  @Op(writes = true)
  Applying.Ensured ensure(Apply request) {
    var manifest = Manifest.of(cluster, request.manifest(), request.kind(), request.namespace());
    return applying.ensure(manifest, request.options());
  }

  /** What applying would change. */
  @Op
  Applying.Difference diff(Apply request) {
    var manifest = Manifest.of(cluster, request.manifest(), request.kind(), request.namespace());
    return applying.diff(manifest, request.options());
  }

  /**
   * What of an object is to go.
   *
   * @param propagation of what belongs to it: {@code background}, {@code foreground} or {@code
   *     orphan}; null for what the kind does
   * @param graceSeconds null for what the object says
   */
  record Delete(
      String kind,
      String name,
      @Nullable String namespace,
      @Nullable String propagation,
      @Nullable Long graceSeconds,
      @Nullable String uid,
      @Nullable Boolean dryRun) {}

  /** The UID of what goes; null where there was nothing. */
  @Op(writes = true)
  @Nullable Deleted delete(Delete request) {
    var kind = cluster.kinds().named(request.kind());
    var namespace = cluster.namespace(kind, request.namespace());
    var options = DeleteOptions.of(request.propagation(), request.graceSeconds(), request.dryRun());
    if (request.uid() != null) {
      var _ = DeleteOptions.only(request.uid(), options);
    }
    return deleting.delete(kind, namespace, request.name(), options).map(Deleted::new).orElse(null);
  }

  /** What was deleted, or is about to go. */
  record Deleted(String uid) {}

  /**
   * What of all objects of a kind is to go.
   *
   * @param all has to be true where nothing selects
   */
  record DeleteAll(
      String kind,
      @Nullable String namespace,
      @Nullable JsonNode labels,
      @Nullable JsonNode fields,
      @Nullable Boolean all,
      @Nullable String propagation,
      @Nullable Long graceSeconds,
      @Nullable Boolean dryRun) {}

  @Op(writes = true)
  void deleteAll(DeleteAll request) {
    var labels = Objects.requireNonNullElse(Selector.labels(request.labels()), "");
    var fields = Objects.requireNonNullElse(Selector.fields(request.fields()), "");
    if (labels.isEmpty() && fields.isEmpty() && !Boolean.TRUE.equals(request.all())) {
      throw new HearthException(KubernetesError.SELECTOR_MISSING);
    }
    var kind = cluster.kinds().named(request.kind());
    var namespace = cluster.namespace(kind, request.namespace());
    if (!kind.verbs().contains("deletecollection")) {
      throw new HearthException(KubernetesError.VERB_MISSING, "delete at once all", kind.plural());
    }
    var options = DeleteOptions.of(request.propagation(), request.graceSeconds(), request.dryRun());
    var call =
        ApiCall.of("DELETE", kind.path(namespace))
            .param("labelSelector", labels.isEmpty() ? null : labels)
            .param("fieldSelector", fields.isEmpty() ? null : fields)
            .body("application/json", options.toString().getBytes(StandardCharsets.UTF_8))
            .about(kind.plural());
    cluster.server().json(call);
  }
}
