package dev.hearth.runtime.engine;

import com.oracle.js.parser.ir.ClassNode;
import com.oracle.js.parser.ir.ExportNode;
import com.oracle.js.parser.ir.Expression;
import com.oracle.js.parser.ir.FunctionNode;
import com.oracle.js.parser.ir.LiteralNode;
import com.oracle.js.parser.ir.Module;
import com.oracle.js.parser.ir.ObjectNode;
import com.oracle.js.parser.ir.PropertyKey;
import com.oracle.js.parser.ir.TemplateLiteralNode;
import com.oracle.js.parser.ir.VarNode;
import dev.hearth.runtime.module.ModuleSyntax.DefaultExport;
import dev.hearth.runtime.module.ModuleSyntax.RecipeExport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the two exports that make a recipe. */
final class ExportReader {
  private static final String RECIPE = "recipe";

  private ExportReader() {}

  static DefaultExport defaultExport(Module module) {
    for (var node : module.getExports()) {
      if (node.isDefault()) {
        return kindOf(node.getExpression());
      }
    }
    for (var entries : List.of(module.getLocalExportEntries(), module.getIndirectExportEntries())) {
      for (var entry : entries) {
        if (entry.getExportName().toJavaStringUncached().equals("default")) {
          return DefaultExport.UNKNOWN;
        }
      }
    }
    return DefaultExport.NONE;
  }

  private static DefaultExport kindOf(@Nullable Expression expression) {
    return switch (expression) {
      case FunctionNode function -> DefaultExport.FUNCTION;
      case ClassNode type -> DefaultExport.NOT_A_FUNCTION;
      case ObjectNode object -> DefaultExport.NOT_A_FUNCTION;
      case LiteralNode<?> literal -> DefaultExport.NOT_A_FUNCTION;
      case TemplateLiteralNode template -> DefaultExport.NOT_A_FUNCTION;
      case null, default -> DefaultExport.UNKNOWN;
    };
  }

  static RecipeExport recipe(Module module) {
    for (var node : module.getExports()) {
      var found = recipeIn(node);
      if (found != null) {
        return found;
      }
    }
    return new RecipeExport.Absent();
  }

  private static @Nullable RecipeExport recipeIn(ExportNode node) {
    var named = node.getNamedExports();
    if (named != null) {
      for (var specifier : named.getExportSpecifiers()) {
        var exported = specifier.getExportIdentifier();
        var name = exported == null ? specifier.getIdentifier() : exported;
        if (isRecipe(name)) {
          var how = node.getModuleSpecifier() == null ? "`export { … }`" : "`export { … } from`";
          return new RecipeExport.Otherwise(specifier.getStart(), how);
        }
      }
      return null;
    }
    if (node.isDefault() || !isRecipe(node.getExportIdentifier())) {
      return null;
    }
    var variable = node.getVar();
    return variable == null
        ? new RecipeExport.Otherwise(node.getStart(), declarationOf(node.getExpression()))
        : constant(node, variable);
  }

  private static String declarationOf(@Nullable Expression expression) {
    return switch (expression) {
      case FunctionNode function -> "a function";
      case ClassNode type -> "a class";
      case null, default -> "`export * as recipe`";
    };
  }

  private static RecipeExport constant(ExportNode node, VarNode variable) {
    var value = variable.getInit();
    if (value == null || variable.isDestructuring()) {
      return new RecipeExport.Otherwise(node.getStart(), "a pattern or without a value");
    }
    return variable.isConst()
        ? new RecipeExport.Constant(LiteralTree.of(value))
        : new RecipeExport.Otherwise(
            node.getStart(), variable.isLet() ? "`export let`" : "`export var`");
  }

  private static boolean isRecipe(@Nullable PropertyKey name) {
    return name != null && RECIPE.equals(name.getPropertyName());
  }
}
