package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import dev.hearth.runtime.HearthException;
import java.io.IOException;

/** The id of a VM; who gives its name instead is told how to find it by that. */
final class VmidReader extends StdScalarDeserializer<Long> {
  VmidReader() {
    super(Long.class);
  }

  @Override
  public Long deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    var given = context.readTree(parser);
    if (given.canConvertToExactIntegral() && given.canConvertToLong()) {
      return given.longValue();
    }
    throw new HearthException(ProxmoxError.VMID, given.isTextual() ? given.textValue() : given);
  }
}
