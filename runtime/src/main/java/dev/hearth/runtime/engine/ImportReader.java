package dev.hearth.runtime.engine;

import com.oracle.js.parser.ir.CallNode;
import com.oracle.js.parser.ir.ExportNode;
import com.oracle.js.parser.ir.FunctionNode;
import com.oracle.js.parser.ir.ImportClauseNode;
import com.oracle.js.parser.ir.LexicalContext;
import com.oracle.js.parser.ir.LiteralNode;
import com.oracle.js.parser.ir.Module;
import com.oracle.js.parser.ir.NamedExportsNode;
import com.oracle.js.parser.ir.PropertyKey;
import com.oracle.js.parser.ir.visitor.NodeVisitor;
import com.oracle.truffle.api.strings.TruffleString;
import dev.hearth.runtime.module.ModuleSyntax.Import;
import dev.hearth.runtime.module.ModuleSyntax.Import.Kind;
import dev.hearth.runtime.module.ModuleSyntax.ImportedName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what a module takes from others. */
final class ImportReader {
  private final Map<Integer, Import> found = new LinkedHashMap<>();

  private ImportReader() {}

  /** All modules that are named, in the order of the text. */
  static List<Import> imports(FunctionNode tree, Module module) {
    var reader = new ImportReader();
    for (var node : module.getImports()) {
      reader.add(node.getModuleSpecifier(), node.getAttributes(), names(node.getImportClause()));
    }
    for (ExportNode node : module.getExports()) {
      reader.add(node.getModuleSpecifier(), node.getAttributes(), names(node.getNamedExports()));
    }
    tree.accept(reader.new DynamicImports());
    return reader.found.values().stream().sorted(Comparator.comparingInt(Import::start)).toList();
  }

  /** The modules that {@code export * from} names. */
  static List<String> passedOn(Module module) {
    return module.getExports().stream()
        .filter(node -> node.getNamedExports() == null && node.getExportIdentifier() == null)
        .map(ExportNode::getModuleSpecifier)
        .filter(specifier -> specifier != null)
        .map(LiteralNode::getString)
        .toList();
  }

  private void add(
      @Nullable LiteralNode<TruffleString> specifier,
      Map<TruffleString, TruffleString> attributes,
      List<ImportedName> names) {
    if (specifier == null) {
      return;
    }
    var json =
        attributes.entrySet().stream()
            .anyMatch(
                attribute ->
                    attribute.getKey().toJavaStringUncached().equals("type")
                        && attribute.getValue().toJavaStringUncached().equals("json"));
    found.putIfAbsent(
        specifier.getStart(),
        new Import(
            specifier.getString(),
            specifier.getStart(),
            json ? Kind.STATIC_JSON : Kind.STATIC,
            names));
  }

  private static List<ImportedName> names(@Nullable ImportClauseNode clause) {
    var names = new ArrayList<ImportedName>();
    if (clause != null && clause.getDefaultBinding() != null) {
      names.add(new ImportedName("default", clause.getDefaultBinding().getStart()));
    }
    if (clause != null && clause.getNamedImports() != null) {
      for (var each : clause.getNamedImports().getImportSpecifiers()) {
        PropertyKey other = each.getIdentifier();
        var name = other == null ? each.getBindingIdentifier() : other;
        names.add(new ImportedName(name.getPropertyName(), each.getStart()));
      }
    }
    return List.copyOf(names);
  }

  private static List<ImportedName> names(@Nullable NamedExportsNode exports) {
    return exports == null
        ? List.of()
        : exports.getExportSpecifiers().stream()
            .map(each -> new ImportedName(each.getIdentifier().getPropertyName(), each.getStart()))
            .toList();
  }

  /** Finds {@code import('…')}, wherever it stands. */
  private final class DynamicImports extends NodeVisitor<LexicalContext> {
    DynamicImports() {
      super(new LexicalContext());
    }

    @Override
    public boolean enterCallNode(CallNode call) {
      if (call.isImport()
          && !call.getArgs().isEmpty()
          && call.getArgs().getFirst() instanceof LiteralNode<?> argument
          && argument.isString()) {
        var kind = call.getArgs().size() > 1 ? Kind.DYNAMIC_JSON : Kind.DYNAMIC;
        found.putIfAbsent(
            argument.getStart(),
            new Import(argument.getString(), argument.getStart(), kind, List.of()));
      }
      return true;
    }
  }
}
