package dev.hearth.runtime.engine;

import com.oracle.js.parser.TokenType;
import com.oracle.js.parser.ir.AccessNode;
import com.oracle.js.parser.ir.CallNode;
import com.oracle.js.parser.ir.ClassElement;
import com.oracle.js.parser.ir.Expression;
import com.oracle.js.parser.ir.FunctionNode;
import com.oracle.js.parser.ir.IdentNode;
import com.oracle.js.parser.ir.IndexNode;
import com.oracle.js.parser.ir.LexicalContext;
import com.oracle.js.parser.ir.LiteralNode;
import com.oracle.js.parser.ir.Node;
import com.oracle.js.parser.ir.PropertyNode;
import com.oracle.js.parser.ir.Scope;
import com.oracle.js.parser.ir.TemplateLiteralNode.TaggedTemplateLiteralNode;
import com.oracle.js.parser.ir.UnaryNode;
import com.oracle.js.parser.ir.visitor.NodeVisitor;
import dev.hearth.runtime.module.ModuleMentions;
import dev.hearth.runtime.module.ModuleMentions.Found;
import dev.hearth.runtime.module.ModuleMentions.Origin;
import dev.hearth.runtime.spi.Mention;
import dev.hearth.runtime.spi.Mention.Argument;
import dev.hearth.runtime.spi.Mention.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a module uses what it imports. A name is followed to where it is declared, so that
 * what is only called like an import is none; a value is not followed, so that what is put into a
 * variable or passed on counts as {@link Kind#OTHER}.
 */
final class MentionReader extends NodeVisitor<LexicalContext> {
  private static final String GLOBAL_OBJECT = "globalThis";
  private static final Set<String> GLOBALS = Set.of("fetch", GLOBAL_OBJECT);

  private final Map<String, Origin> imported;
  private final KnownTexts texts;
  private final List<Found> found = new ArrayList<>();

  /** What a mention that was found is made of, so that it makes no other. */
  private final Set<Node> covered = Collections.newSetFromMap(new IdentityHashMap<>());

  private MentionReader(Map<String, Origin> imported, KnownTexts texts) {
    super(new LexicalContext());
    this.imported = imported;
    this.texts = texts;
  }

  static ModuleMentions read(FunctionNode tree) {
    var names = new ImportedNames(tree.getModule());
    var reader = new MentionReader(names.byLocalName(), KnownTexts.in(tree));
    tree.accept(reader);
    reader.found.sort(Comparator.comparingInt(Found::start));
    return new ModuleMentions(List.copyOf(reader.found), names.passedOn());
  }

  /** An import or global, and what was taken of it. */
  private record Chain(Origin origin, List<String> path) {
    Chain plus(String name) {
      var longer = new ArrayList<>(path);
      longer.add(name);
      return new Chain(origin, longer);
    }
  }

  private @Nullable Chain chain(Expression node) {
    return switch (node) {
      case IdentNode name -> chainOf(name);
      case AccessNode access when !access.isPrivate() ->
          longer(chain(access.getBase()), access.getProperty());
      case IndexNode index when index.getIndex() instanceof LiteralNode<?> key && key.isString() ->
          longer(chain(index.getBase()), key.getString());
      case CallNode call when !call.isNew() && !call.isImport() ->
          longer(chain(call.getFunction()), "()");
      default -> null;
    };
  }

  /** {@code globalThis.fetch} is {@code fetch}. */
  private static @Nullable Chain longer(@Nullable Chain base, String name) {
    if (base == null) {
      return null;
    }
    return base.path().equals(List.of(GLOBAL_OBJECT)) && base.origin().specifier().isEmpty()
        ? globalChain(name)
        : base.plus(name);
  }

  private static @Nullable Chain globalChain(String name) {
    return GLOBALS.contains(name) ? new Chain(Origin.global(name), List.of(name)) : null;
  }

  private @Nullable Chain chainOf(IdentNode name) {
    var scope = declaring(name.getName(), getLexicalContext().getCurrentScope());
    if (scope == null) {
      return globalChain(name.getName());
    }
    var origin = scope.isModuleScope() ? imported.get(name.getName()) : null;
    return origin == null ? null : new Chain(origin, List.of(origin.name()));
  }

  /** The scope that declares a name; {@code null} for a global. */
  static @Nullable Scope declaring(String name, @Nullable Scope innermost) {
    var scope = innermost;
    while (scope != null && !scope.hasSymbol(name)) {
      scope = scope.getParent();
    }
    return scope;
  }

  private void cover(Expression node) {
    covered.add(node);
    switch (node) {
      case AccessNode access -> cover(access.getBase());
      case IndexNode index -> cover(index.getBase());
      case CallNode call -> cover(call.getFunction());
      default -> {}
    }
  }

  @Override
  public boolean enterCallNode(CallNode call) {
    if (call.isImport()) {
      addImport(call);
      return true;
    }
    var chain = chain(call.getFunction());
    if (chain != null) {
      var goesOn = covered.contains(call);
      cover(call.getFunction());
      add(chain, kind(call, goesOn), arguments(call), call.getFunction());
    }
    return true;
  }

  private static Kind kind(CallNode call, boolean goesOn) {
    if (template(call) != null) {
      return Kind.TAG;
    }
    if (call.isNew()) {
      return Kind.OTHER;
    }
    return goesOn ? Kind.CALL_GOING_ON : Kind.CALL;
  }

  /** What {@code import('…')} gives is a value like any other. */
  private void addImport(CallNode call) {
    var literal =
        !call.getArgs().isEmpty()
                && call.getArgs().getFirst() instanceof LiteralNode<?> argument
                && argument.isString()
            ? Optional.of(argument.getString())
            : Optional.<String>empty();
    var origin =
        literal
            .map(specifier -> new Origin(specifier, ModuleMentions.NAMESPACE))
            .orElseGet(() -> Origin.global("import"));
    add(new Chain(origin, List.of(origin.name())), Kind.OTHER, List.of(), call);
  }

  private void add(Chain chain, Kind kind, List<Argument> arguments, Node at) {
    found.add(new Found(chain.origin(), new Mention(chain.path(), kind, arguments), at.getStart()));
  }

  private List<Argument> arguments(CallNode call) {
    var scope = getLexicalContext().getCurrentScope();
    var template = template(call);
    if (template != null) {
      return template.getCookedStrings().stream().map(piece -> texts.of(piece, scope)).toList();
    }
    var isSpread = call.getArgs().stream().anyMatch(MentionReader::isSpread);
    return call.getArgs().stream()
        .map(argument -> isSpread ? Argument.UNKNOWN : texts.of(argument, scope))
        .toList();
  }

  /** The template whose tag is called. */
  private static @Nullable TaggedTemplateLiteralNode template(CallNode call) {
    return !call.getArgs().isEmpty()
            && call.getArgs().getFirst() instanceof TaggedTemplateLiteralNode template
        ? template
        : null;
  }

  private static boolean isSpread(Expression argument) {
    return argument instanceof UnaryNode unary
        && (unary.isTokenType(TokenType.SPREAD_ARGUMENT)
            || unary.isTokenType(TokenType.SPREAD_ARRAY));
  }

  /** {@code globalThis.URL} is no way to {@code fetch}. */
  @Override
  public boolean enterAccessNode(AccessNode access) {
    var base = access.getBase() instanceof IdentNode name ? chainOf(name) : null;
    if (base != null
        && base.origin().equals(Origin.global(GLOBAL_OBJECT))
        && !GLOBALS.contains(access.getProperty())) {
      cover(access.getBase());
    }
    return true;
  }

  @Override
  public boolean enterIdentNode(IdentNode name) {
    if (!covered.contains(name)) {
      var chain = chainOf(name);
      if (chain != null) {
        add(chain, Kind.OTHER, List.of(), name);
      }
    }
    return false;
  }

  /** The name of a property names nothing else; but that of {@code { fs }} is a value, too. */
  @Override
  public boolean enterPropertyNode(PropertyNode property) {
    if (!property.isComputed() && property.getKey() instanceof IdentNode key) {
      cover(key);
      if (property.getValue() instanceof IdentNode value) {
        covered.remove(value);
      }
    }
    return true;
  }

  @Override
  public boolean enterClassElement(ClassElement element) {
    return enterPropertyNode(element);
  }
}
