package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request to the API; its text has no parameters, since they can be secret. */
record ApiCall(String method, ApiPath path, ObjectNode params) {
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE");

  ApiCall {
    method = method.toUpperCase(Locale.ROOT);
    if (!METHODS.contains(method)) {
      throw new HearthException(ProxmoxError.METHOD, method.replaceAll("\\p{Cntrl}", "\uFFFD"));
    }
  }

  static ApiCall get(Object... path) {
    return of("GET", ApiPath.of(path));
  }

  static ApiCall post(Object... path) {
    return of("POST", ApiPath.of(path));
  }

  static ApiCall put(Object... path) {
    return of("PUT", ApiPath.of(path));
  }

  static ApiCall delete(Object... path) {
    return of("DELETE", ApiPath.of(path));
  }

  private static ApiCall of(String method, ApiPath path) {
    return of(method, path, null);
  }

  /** A call with what a recipe gave of parameters, if it gave any. */
  static ApiCall of(String method, ApiPath path, @Nullable ObjectNode params) {
    return new ApiCall(
        method, path, params == null ? JsonNodeFactory.instance.objectNode() : params);
  }

  /** The same as a read, whatever method was named. */
  ApiCall reading() {
    return new ApiCall("GET", path, params);
  }

  /** The same with more parameters. */
  ApiCall with(Consumer<ObjectNode> more) {
    var copy = params.deepCopy();
    more.accept(copy);
    return new ApiCall(method, path, copy);
  }

  /** The same with more parameters. */
  ApiCall with(ObjectNode more) {
    return with(all -> all.setAll(more));
  }

  boolean reads() {
    return method.equals("GET");
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
