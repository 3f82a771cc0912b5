import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Brings class files of before Java 6 to the format of Java 8, so that the AOT cache takes them: it
 * leaves out what has no stack maps, and each start would parse and verify it anew (picocli, 15 %
 * of the CPU time of a start). Nothing but the format changes, and the jar says so in its META-INF.
 */
final class ModernClasses {
  private static final int OLDEST_CACHED = ClassFile.JAVA_6_VERSION;

  private ModernClasses() {}

  /** Rewrites those jars in {@code folder} that have old classes. */
  static void in(Path folder) throws IOException {
    List<Path> jars;
    try (var files = Files.list(folder)) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    for (Path jar : jars) {
      if (hasOldClasses(jar)) {
        rewrite(jar);
      }
    }
  }

  private static boolean hasOldClasses(Path jar) throws IOException {
    try (var zip = new ZipFile(jar.toFile())) {
      for (var entry : zip.stream().filter(ModernClasses::isClass).toList()) {
        try (var in = zip.getInputStream(entry)) {
          if (isOld(in.readNBytes(8))) {
            return true;
          }
        }
      }
      return false;
    }
  }

  /** Classes for later versions of Java stand below META-INF and are younger than that. */
  private static boolean isClass(ZipEntry entry) {
    return entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/");
  }

  /** The major version stands in the seventh and the eighth byte. */
  private static boolean isOld(byte[] start) {
    return ((start[6] & 0xff) << 8 | start[7] & 0xff) < OLDEST_CACHED;
  }

  private static void rewrite(Path jar) throws IOException {
    Path made = jar.resolveSibling(jar.getFileName() + ".new");
    try (var zip = new ZipFile(jar.toFile());
        OutputStream file = Files.newOutputStream(made);
        var out = new ZipOutputStream(file)) {
      var modern =
          ClassFile.of(
              StackMapsOption.GENERATE_STACK_MAPS,
              ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofResourceParsing(
                          name -> open(zip, name.packageName(), name.displayName()))
                      .orElse(ClassHierarchyResolver.defaultResolver())));
      for (var entry : zip.stream().toList()) {
        byte[] content;
        try (var in = zip.getInputStream(entry)) {
          content = in.readAllBytes();
        }
        put(out, entry, isClass(entry) && isOld(content) ? modernised(modern, content) : content);
      }
      var note = new ZipEntry("META-INF/MODIFIED-BY-HEARTH");
      note.setTime(zip.stream().mapToLong(ZipEntry::getTime).max().orElse(0));
      var text = "The build of Hearth brought these classes to the class file format of Java 8.\n";
      out.putNextEntry(note);
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.closeEntry();
    }
    Files.move(made, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static byte[] modernised(ClassFile modern, byte[] content) {
    ClassTransform version =
        (builder, element) -> {
          if (element instanceof ClassFileVersion) {
            builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
          } else {
            builder.with(element);
          }
        };
    // Stack maps are made for code that is written anew, so all of it is.
    CodeTransform again = (builder, element) -> builder.with(element);
    return modern.transformClass(
        modern.parse(content), version.andThen(ClassTransform.transformingMethodBodies(again)));
  }

  private static InputStream open(ZipFile zip, String folder, String name) {
    var entry = zip.getEntry(folder.replace('.', '/') + "/" + name + ".class");
    try {
      return entry == null ? null : zip.getInputStream(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(ZipOutputStream out, ZipEntry entry, byte[] content) throws IOException {
    var same = new ZipEntry(entry.getName());
    same.setTime(entry.getTime());
    out.putNextEntry(same);
    out.write(content);
    out.closeEntry();
  }
}
