package dev.hearth.stdlib.ansible;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * An index of Python packages on loopback, in the form that pip reads. Its wheels are made of what
 * is installed on this machine, so that what pip installs is real.
 */
final class PackageIndex implements AutoCloseable {
  private static final Path INSTALLED = Path.of("/usr/lib/python3/dist-packages");

  private final Map<String, byte[]> wheels = new ConcurrentHashMap<>();
  private final HttpServer server;

  PackageIndex() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var path = exchange.getRequestURI().getPath();
          var answer = path.startsWith("/simple/") ? page(path) : wheels.get(path.substring(1));
          exchange
              .getResponseHeaders()
              .add("Content-Type", answer == null ? "text/plain" : "text/html");
          exchange.sendResponseHeaders(
              answer == null ? 404 : 200, answer == null ? -1 : answer.length);
          if (answer != null) {
            exchange.getResponseBody().write(answer);
          }
          exchange.close();
        });
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/simple";
  }

  private byte[] page(String path) {
    var name = path.replaceFirst("^/simple/", "").replace("/", "").replace('-', '_');
    var page = new StringBuilder("<!DOCTYPE html><html><body>\n");
    wheels.forEach(
        (file, content) -> {
          if (file.startsWith(name + "-")) {
            page.append(
                "<a href=\"/%s#sha256=%s\">%s</a>\n".formatted(file, sha256(content), file));
          }
        });
    return page.append("</body></html>\n").toString().getBytes(UTF_8);
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The ansible-core of this machine, and what it needs; its version. */
  String withInstalled() throws IOException {
    installed("jinja2", List.of("jinja2"), "Requires-Dist: MarkupSafe>=2.0\n");
    installed("MarkupSafe", List.of("markupsafe"), "");
    installed("PyYAML", List.of("yaml", "_yaml"), "");
    installed("cryptography", List.of("cryptography"), "");
    installed("packaging", List.of("packaging"), "");
    installed("resolvelib", List.of("resolvelib"), "");
    var version = version("ansible_core");
    var info = INSTALLED.resolve("ansible_core-" + version + ".dist-info");
    var files = new TreeMap<String, byte[]>();
    add(files, "ansible");
    files.put("METADATA", Files.readAllBytes(info.resolve("METADATA")));
    files.put("entry_points.txt", Files.readAllBytes(info.resolve("entry_points.txt")));
    wheel("ansible_core", version, files);
    return version;
  }

  /** A package that is small, with a program that says its name. */
  byte[] with(String name, String version, String program) {
    var files = new TreeMap<String, byte[]>();
    var module = name + "_said";
    var says = "def main():\n    print('%s [core %s]')\n".formatted(program, version);
    files.put(module + ".py", says.getBytes(UTF_8));
    files.put(
        "entry_points.txt",
        "[console_scripts]\n%s = %s:main\n".formatted(program, module).getBytes(UTF_8));
    files.put("METADATA", metadata(name, version, ""));
    return wheel(name, version, files);
  }

  private static byte[] metadata(String name, String version, String more) {
    return "Metadata-Version: 2.1\nName: %s\nVersion: %s\n%s"
        .formatted(name, version, more)
        .getBytes(UTF_8);
  }

  private void installed(String name, List<String> folders, String needs) throws IOException {
    var files = new TreeMap<String, byte[]>();
    for (var folder : folders) {
      add(files, folder);
    }
    var version = version(name);
    files.put("METADATA", metadata(name, version, needs));
    wheel(name.toLowerCase(Locale.ROOT), version, files);
  }

  private static String version(String name) throws IOException {
    var begin = name.toLowerCase(Locale.ROOT) + "-";
    try (Stream<Path> all = Files.list(INSTALLED)) {
      return all.map(path -> path.getFileName().toString())
          .filter(each -> each.toLowerCase(Locale.ROOT).startsWith(begin) && each.endsWith("-info"))
          .map(each -> each.substring(begin.length()).replaceFirst("\\.(dist|egg)-info$", ""))
          .findFirst()
          .orElseThrow(() -> new AssertionError(name + " is not installed on this machine."));
    }
  }

  private static void add(Map<String, byte[]> files, String folder) throws IOException {
    try (Stream<Path> all = Files.walk(INSTALLED.resolve(folder))) {
      for (var file : all.filter(Files::isRegularFile).toList()) {
        if (!file.toString().contains("__pycache__")) {
          files.put(INSTALLED.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    }
  }

  private byte[] wheel(String name, String version, Map<String, byte[]> files) {
    var info = name + "-" + version + ".dist-info/";
    var record = new StringBuilder();
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.setLevel(Deflater.BEST_SPEED);
      var all = new TreeMap<>(files);
      for (var of : List.of("METADATA", "entry_points.txt")) {
        var content = all.remove(of);
        if (content != null) {
          all.put(info + of, content);
        }
      }
      all.put(
          info + "WHEEL",
          "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
              .getBytes(UTF_8));
      for (var file : all.entrySet()) {
        put(zip, file.getKey(), file.getValue());
        record.append(file.getKey()).append(",,\n");
      }
      put(
          zip,
          info + "RECORD",
          record.append(info).append("RECORD,,\n").toString().getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    wheels.put(name + "-" + version + "-py3-none-any.whl", bytes.toByteArray());
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
