package dev.broot.plan;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.broot.spec.Param;
import java.util.ArrayList;
import java.util.List;

/** A plan as JSON: all of it, so that what is read is what was written. */
public final class PlanReader {
  /** The version of the format. */
  public static final int VERSION = 2;

  /** A text that is no plan. */
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  private PlanReader() {}

  /** A plan as an object whose members are those of {@link Plan}, with the format's version. */
  public static JsonObject write(Plan plan) {
    JsonObject root = new JsonObject();
    root.addProperty("version", VERSION);
    new RecordJson().write(plan).getAsJsonObject().asMap().forEach(root::add);
    return root;
  }

  /**
   * Reads a plan.
   *
   * @throws Malformed when it is not one, or of another version
   */
  public static Plan read(String json) throws Malformed {
    try {
      JsonObject root = JsonParser.parseString(json).getAsJsonObject();
      JsonElement version = root.get("version");
      if (version == null || version.getAsInt() != VERSION) {
        throw new Malformed("its version is " + version + ", and this broot reads " + VERSION);
      }
      RecordJson records = new RecordJson();
      List<Param> params = new ArrayList<>();
      if (root.get("open-params") == null) {
        throw new Malformed("`open-params` is missing");
      }
      for (JsonElement param : root.getAsJsonArray("open-params")) {
        params.add(records.read(param, Param.class));
      }
      records.declare(params);
      return records.read(root, Plan.class);
    } catch (JsonParseException e) {
      throw new Malformed("it is not JSON");
    } catch (IllegalStateException
        | ClassCastException
        | NullPointerException
        | NumberFormatException
        | UnsupportedOperationException e) {
      throw new Malformed(String.valueOf(e.getMessage()));
    }
  }
}
