package dev.hearth.runtime.module;

import dev.hearth.runtime.spi.Binding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All bindings of this Hearth by name, and their facades as {@code hearth:} modules. */
public final class Bindings implements BuiltinModules {
  private final Supplier<? extends Iterable<Binding>> source;
  private final Map<String, String> facades = new ConcurrentHashMap<>();
  private final Map<String, String> pieces = new ConcurrentHashMap<>();
  private @Nullable Map<String, Binding> byName;

  private Bindings(Supplier<? extends Iterable<Binding>> source) {
    this.source = source;
  }

  /** Those that are registered by service files, looked up when the first is asked for. */
  public static Bindings installed() {
    return new Bindings(() -> ServiceLoader.load(Binding.class));
  }

  /** Just these. */
  public static Bindings of(Collection<Binding> bindings) {
    return new Bindings(() -> bindings);
  }

  /** All of them, in the order of their names. */
  public Collection<Binding> all() {
    return byName().values();
  }

  /** The binding of that name; {@code null} when there is none. */
  public @Nullable Binding get(String name) {
    return byName().get(name);
  }

  @Override
  public Set<String> names() {
    return byName().keySet();
  }

  @Override
  public @Nullable String source(String name) {
    var binding = get(name);
    return binding == null ? null : facades.computeIfAbsent(name, _ -> facade(binding));
  }

  /** In the folder NAME beside the folder of a binding, NAME.js or PIECE.js. */
  @Override
  public @Nullable String shared(String name) {
    // What is not there is asked for by broken imports alone, so only texts are kept.
    return pieces.computeIfAbsent(name, this::piece);
  }

  private @Nullable String piece(String name) {
    var file = (name.contains("/") ? name : name + "/" + name) + ".js";
    return all().stream()
        .map(binding -> read(binding, "/" + besideItsFolder(binding) + file))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static String besideItsFolder(Binding binding) {
    var folder = binding.getClass().getPackageName().replace('.', '/');
    return folder.substring(0, folder.lastIndexOf('/') + 1);
  }

  private synchronized Map<String, Binding> byName() {
    var known = byName;
    if (known == null) {
      known = new TreeMap<>();
      for (var binding : source.get()) {
        if (known.put(binding.name(), binding) != null) {
          throw new IllegalStateException("Two bindings are named `" + binding.name() + "`.");
        }
      }
      byName = known;
    }
    return known;
  }

  /** The types of a binding's module, for editors. */
  public String types(Binding binding) {
    return besideIt(binding, ".d.ts");
  }

  private static String facade(Binding binding) {
    return besideIt(binding, ".js");
  }

  private static String besideIt(Binding binding, String extension) {
    var folder = binding.getClass().getPackageName();
    var file = folder.substring(folder.lastIndexOf('.') + 1) + extension;
    var text = read(binding, file);
    if (text == null) {
      throw new IllegalStateException(file + " is missing beside " + binding.getClass() + ".");
    }
    return text;
  }

  private static @Nullable String read(Binding binding, String resource) {
    try (InputStream in = binding.getClass().getResourceAsStream(resource)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
