package dev.hearth.runtime.engine;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Op;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The {@link Op} methods of one class, by name. */
final class OpMethods {
  private static final ClassValue<OpMethods> KNOWN =
      new ClassValue<>() {
        @Override
        protected OpMethods computeValue(Class<?> type) {
          return new OpMethods(type);
        }
      };

  private final Map<String, OpMethod> methods = new HashMap<>();

  private OpMethods(Class<?> type) {
    for (Method method : type.getDeclaredMethods()) {
      var op = method.getAnnotation(Op.class);
      if (op != null) {
        var previous = methods.put(method.getName(), OpMethod.of(method, op));
        if (previous != null) {
          throw new IllegalStateException(
              type.getName() + " has two ops named `" + method.getName() + "`.");
        }
      }
    }
  }

  static OpMethods of(Class<?> type) {
    return KNOWN.get(type);
  }

  Collection<OpMethod> all() {
    return methods.values();
  }

  OpMethod get(String name) {
    var method = methods.get(name);
    if (method == null) {
      throw unknown(name);
    }
    return method;
  }

  static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException("No op is named `" + name + "`.");
  }

  /**
   * One op.
   *
   * @param argument the record it takes, if any
   * @param data what follows
   */
  record OpMethod(
      String name,
      boolean writes,
      boolean pure,
      @Nullable Class<?> argument,
      Data data,
      MethodHandle handle) {

    /** What an op takes beside its argument, and as it is. */
    enum Data {
      NONE,
      BYTES,
      TEXT;

      private static Data of(Class<?>[] types, boolean pure) {
        var last = types.length == 0 ? null : types[types.length - 1];
        return last == byte[].class ? BYTES : pure && last == String.class ? TEXT : NONE;
      }
    }

    static OpMethod of(Method method, Op op) {
      if (op.pure() && op.writes()) {
        throw new IllegalStateException(method + " cannot be pure and write.");
      }
      var types = method.getParameterTypes();
      var data = Data.of(types, op.pure());
      int records = types.length - (data == Data.NONE ? 0 : 1);
      if (records > 1) {
        throw new IllegalStateException(method + " takes more than one record.");
      }
      try {
        method.setAccessible(true);
        var handle = MethodHandles.lookup().unreflect(method);
        var argument = records == 1 ? types[0] : null;
        return new OpMethod(method.getName(), op.writes(), op.pure(), argument, data, handle);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(method + " cannot be called.", e);
      }
    }

    /**
     * Decodes the recipe's argument; {@code null} when the op takes none.
     *
     * @throws HearthException when it does not fit
     */
    @Nullable Object decode(String binding, @Nullable String json) {
      if (argument == null) {
        return null;
      }
      var call = binding + "." + name;
      try {
        var given = Holder.STRICT.readTree(json == null ? "{}" : json);
        ArgumentShape.require(call, argument, given);
        return Holder.STRICT.treeToValue(given, argument);
      } catch (StreamConstraintsException e) {
        throw tooDeep(call).causedBy(e);
      } catch (JsonMappingException e) {
        if (e.getCause() instanceof StreamConstraintsException) {
          throw tooDeep(call).causedBy(e);
        }
        throw new HearthException(EngineError.OP_ARGUMENT, call, explain(e)).causedBy(e);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("The bridge wrote JSON that does not parse.", e);
      }
    }

    private static HearthException tooDeep(String call) {
      return GuestJson.tooDeep("The argument of `%s`".formatted(call));
    }

    private static String explain(JsonMappingException e) {
      if (e.getCause() instanceof IllegalArgumentException cause && cause.getMessage() != null) {
        return cause.getMessage();
      }
      if (e.getCause() instanceof HearthException cause) {
        throw cause;
      }
      var path =
          e.getPath().stream()
              .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
              .collect(Collectors.joining("."))
              .replace(".[", "[");
      var field = path.isEmpty() ? "the argument" : "`" + path + "`";
      if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
        return field + " takes " + described(mismatch.getTargetType()) + ".";
      }
      return field + ": " + e.getOriginalMessage();
    }

    private static String described(Class<?> type) {
      if (type.isEnum()) {
        return "one of "
            + Arrays.stream(type.getEnumConstants())
                .map(Object::toString)
                .collect(Collectors.joining(", "));
      }
      if (type == String.class) {
        return "a string";
      }
      if (type == boolean.class || type == Boolean.class) {
        return "true or false";
      }
      if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
        return "a whole number";
      }
      if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
        return "a number";
      }
      return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
    }

    @Nullable Object invoke(Object ops, @Nullable Object argument, @Nullable Object given)
        throws Throwable {
      if (this.argument == null) {
        return data == Data.NONE ? handle.invoke(ops) : handle.invoke(ops, given);
      }
      return data == Data.NONE ? handle.invoke(ops, argument) : handle.invoke(ops, argument, given);
    }
  }

  /** Loaded with the first op that takes an argument, so that a recipe without one pays nothing. */
  private static final class Holder {
    static final ObjectMapper STRICT = strict();

    private static ObjectMapper strict() {
      var mapper =
          JsonMapper.builder(GuestJson.factory())
              .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
              .addModule(new SimpleModule().addDeserializer(Duration.class, new DurationReader()))
              .build();
      // A number is not a string, and "5" is not a number: what a recipe means must be said.
      mapper
          .coercionConfigFor(LogicalType.Textual)
          .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
          .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
          .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
      for (var type : new LogicalType[] {LogicalType.Integer, LogicalType.Float}) {
        mapper
            .coercionConfigFor(type)
            .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
            .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
      }
      mapper
          .coercionConfigFor(LogicalType.Boolean)
          .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
          .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
          .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
      return mapper;
    }
  }

  /** A duration with its unit, such as {@code '30s'}; a bare number has no unit and is refused. */
  private static final class DurationReader extends StdScalarDeserializer<Duration> {
    DurationReader() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        throw JsonMappingException.from(
            parser, "a duration is written with its unit, such as '30s' or '5m'.");
      }
      try {
        return DurationText.parse(parser.getText());
      } catch (IllegalArgumentException e) {
        throw JsonMappingException.from(parser, e.getMessage());
      }
    }
  }
}
