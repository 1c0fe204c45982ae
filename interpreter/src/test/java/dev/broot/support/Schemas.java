package dev.broot.support;

import static dev.broot.support.Golden.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;

/** The published schemas. */
public final class Schemas {
  private Schemas() {}

  /** Checks a document against {@code docs/schema/NAME}. */
  public static void assertValid(String schema, String json) throws IOException {
    JsonSchema validator =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(HOME.resolve("docs/schema/" + schema)));
    assertThat(validator.validate(new ObjectMapper().readTree(json))).isEmpty();
  }
}
