import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Supplier;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyObject;

/**
 * Compares the forms in which data can cross between Java and JavaScript, in one run. Started by
 * {@code bench/bridge}; the figures stand in docs/adr/0003-data-crosses-as-json-text.md.
 */
public final class Bridge {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] args) throws Exception {
    var access = HostAccess.newBuilder(HostAccess.NONE).allowBufferAccess(true).build();
    try (var context =
        Context.newBuilder("js")
            .allowHostAccess(access)
            .option("engine.WarnInterpreterOnly", "false")
            .build()) {
      System.out.println("Java to JavaScript, milliseconds: first call, then median of the rest");
      System.out.printf("%-10s %-28s %10s %10s%n", "size", "form", "first", "median");
      for (int items : new int[] {8, 800, 40_000}) {
        var tree = sample(items);
        var text = JSON.writeValueAsString(tree);
        int rounds = items > 10_000 ? 7 : 50;
        var parse = context.eval("js", "(text) => JSON.parse(text)");
        var touch = context.eval("js", "(v) => v.items.length");
        var copy =
            context.eval(
                "js",
                """
                (function copy(v) {
                  if (v === null || typeof v !== 'object') return v;
                  if (Array.isArray(v)) { const out = []; for (let i = 0; i < v.length; i++) out.push(copy(v[i])); return out; }
                  const out = {};
                  for (const k of Object.keys(v)) out[k] = copy(v[k]);
                  return out;
                })
                """);
        var newObject = context.eval("js", "() => ({})");
        var newArray = context.eval("js", "() => []");
        report(
            text,
            "JSON text, guest JSON.parse",
            rounds,
            () -> touch.execute(parse.execute(write(tree))));
        report(
            text,
            "proxy, copied by the guest",
            rounds,
            () -> touch.execute(copy.execute(proxy(tree))));
        report(
            text,
            "guest objects made by Java",
            rounds,
            () -> touch.execute(build(tree, newObject, newArray)));
        var stringify = context.eval("js", "(v) => JSON.stringify(v)");
        var guest = parse.execute(text);
        report(
            text,
            "back: JSON.stringify + read",
            rounds,
            () -> read(stringify.execute(guest).asString()));
        report(text, "back: Java walks the value", rounds, () -> walk(guest));
      }
      bytes(context);
    }
  }

  private static void bytes(Context context) {
    int chunk = 64 * 1024;
    int chunks = 100 * 1024 * 1024 / chunk;
    var data = new byte[chunk];
    Arrays.fill(data, (byte) 7);
    System.out.println();
    System.out.println("100 MiB in chunks of 64 KiB, milliseconds in all");
    var fresh = context.eval("js", "(n) => new Uint8Array(n)");
    var wrap = context.eval("js", "(b) => new Uint8Array(new Uint8Array(b))");
    var put = context.eval("js", "(b) => new Uint8Array(b).length");
    var make = context.eval("js", "(n) => { const a = new ArrayBuffer(n); return a; }");
    var view = context.eval("js", "(a) => new Uint8Array(a)");
    var buffer = context.eval("js", "(u) => u.buffer");
    var decode64 = context.eval("js", "(s) => s.length");
    for (int round = 0; round < 2; round++) {
      time(
          "in: host buffer wrapped, copied by the guest",
          () -> {
            for (int i = 0; i < chunks; i++) wrap.execute(ByteBuffer.wrap(data));
          });
      time(
          "in: host buffer wrapped, not copied",
          () -> {
            for (int i = 0; i < chunks; i++) put.execute(ByteBuffer.wrap(data.clone()));
          });
      time(
          "in: guest buffer written by Java (writeBufferByte)",
          () -> {
            for (int i = 0; i < chunks / 16; i++) {
              var b = make.execute(chunk);
              for (int j = 0; j < chunk; j += 8)
                b.writeBufferLong(java.nio.ByteOrder.LITTLE_ENDIAN, j, 7L);
              view.execute(b);
            }
          });
      time(
          "in: base64 text (not even decoded)",
          () -> {
            for (int i = 0; i < chunks; i++)
              decode64.execute(java.util.Base64.getEncoder().encodeToString(data));
          });
      var guest = fresh.execute(chunk);
      time(
          "out: Value.readBuffer",
          () -> {
            for (int i = 0; i < chunks; i++) {
              var out = new byte[chunk];
              buffer.execute(guest).readBuffer(0, out, 0, chunk);
            }
          });
    }
  }

  private static void time(String what, Runnable work) {
    long begin = System.nanoTime();
    work.run();
    System.out.printf("  %-52s %8.0f%n", what, (System.nanoTime() - begin) / 1e6);
  }

  private static JsonNode sample(int items) {
    var root = JSON.createObjectNode();
    var list = root.putArray("items");
    for (int i = 0; i < items; i++) {
      list.addObject()
          .put("vmid", 100 + i)
          .put("name", "machine-" + i)
          .put("status", i % 2 == 0 ? "running" : "stopped")
          .put("mem", 2147483648L + i)
          .put("cpu", i / 7.0)
          .put("template", i % 3 == 0)
          .putArray("tags")
          .add("a")
          .add("b");
    }
    return root;
  }

  private static String write(JsonNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object proxy(JsonNode node) {
    if (node.isObject()) {
      var map = new java.util.LinkedHashMap<String, Object>();
      node.properties().forEach(e -> map.put(e.getKey(), proxy(e.getValue())));
      return ProxyObject.fromMap(map);
    }
    if (node.isArray()) {
      var list = new java.util.ArrayList<Object>();
      node.forEach(n -> list.add(proxy(n)));
      return ProxyArray.fromList(list);
    }
    return scalar(node);
  }

  private static Object build(JsonNode node, Value newObject, Value newArray) {
    if (node.isObject()) {
      var out = newObject.execute();
      node.properties()
          .forEach(e -> out.putMember(e.getKey(), build(e.getValue(), newObject, newArray)));
      return out;
    }
    if (node.isArray()) {
      var out = newArray.execute();
      for (int i = 0; i < node.size(); i++)
        out.setArrayElement(i, build(node.get(i), newObject, newArray));
      return out;
    }
    return scalar(node);
  }

  private static Object scalar(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> node.textValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> node.isIntegralNumber() ? node.longValue() : node.doubleValue();
      default -> "";
    };
  }

  private static Object walk(Value value) {
    if (value.isString()) return value.asString();
    if (value.isBoolean()) return value.asBoolean();
    if (value.isNumber()) return value.fitsInLong() ? value.asLong() : value.asDouble();
    if (value.hasArrayElements()) {
      var out = JSON.createArrayNode();
      for (long i = 0; i < value.getArraySize(); i++) out.addPOJO(walk(value.getArrayElement(i)));
      return out;
    }
    var out = JSON.createObjectNode();
    for (var key : value.getMemberKeys()) out.putPOJO(key, walk(value.getMember(key)));
    return out;
  }

  private static void report(String text, String form, int rounds, Supplier<Object> work) {
    long begin = System.nanoTime();
    work.get();
    double first = (System.nanoTime() - begin) / 1e6;
    var times = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      begin = System.nanoTime();
      work.get();
      times[i] = (System.nanoTime() - begin) / 1e6;
    }
    Arrays.sort(times);
    System.out.printf(
        "%-10s %-28s %10.2f %10.2f%n",
        text.length() / 1000 + " kB", form, first, times[rounds / 2]);
  }
}
