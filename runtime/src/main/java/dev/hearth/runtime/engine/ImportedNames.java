package dev.hearth.runtime.engine;

import com.oracle.js.parser.ir.Module;
import com.oracle.js.parser.ir.Module.ModuleRequest;
import com.oracle.truffle.api.strings.TruffleString;
import dev.hearth.runtime.module.ModuleMentions;
import dev.hearth.runtime.module.ModuleMentions.Origin;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which names of a module are another's, in it and for those who import it. */
final class ImportedNames {
  private final Map<String, Origin> local = new HashMap<>();
  private final Map<String, Origin> passedOn = new HashMap<>();

  ImportedNames(Module module) {
    for (var entry : module.getImportEntries()) {
      local.put(
          text(entry.getLocalName()), origin(entry.getModuleRequest(), entry.getImportName()));
    }
    for (var entry : module.getIndirectExportEntries()) {
      passedOn.put(
          text(entry.getExportName()), origin(entry.getModuleRequest(), entry.getImportName()));
    }
    for (var entry : module.getLocalExportEntries()) {
      var origin = entry.getLocalName() == null ? null : local.get(text(entry.getLocalName()));
      if (origin != null) {
        passedOn.put(text(entry.getExportName()), origin);
      }
    }
  }

  private static Origin origin(ModuleRequest module, @Nullable TruffleString name) {
    return new Origin(
        text(module.specifier()),
        name == null || name.equals(Module.STAR_NAME) ? ModuleMentions.NAMESPACE : text(name));
  }

  private static String text(TruffleString name) {
    return name.toJavaStringUncached();
  }

  Map<String, Origin> byLocalName() {
    return Map.copyOf(local);
  }

  Map<String, Origin> passedOn() {
    return Map.copyOf(passedOn);
  }
}
