package madang.kit.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// Where settings come from, nearest first: the environment, the `.env` of the working directory,
/// the settings file in the data directory. Files that do not exist are empty.
public record Sources(Map<String, String> environment, Path dotEnv) {
    static final String DATA = "MADANG_DATA";
    static final String DATA_DEFAULT = "data";

    public static Sources ofProcess() {
        return new Sources(System.getenv(), Path.of(".env"));
    }

    Layers read(Problems problems) {
        Layer env = new Layer("environment", environment, false);
        Layer dot = new Layer(dotEnv.toString(), dotEnvValues(problems), false);
        String below = dot.values().getOrDefault(DATA, DATA_DEFAULT);
        Path data = Path.of(env.values().getOrDefault(DATA, below));
        return new Layers(List.of(env, dot, settingsFile(data, problems)), data);
    }

    private Map<String, String> dotEnvValues(Problems problems) {
        return DotEnv.parse(text(dotEnv, problems), dotEnv.toString(), problems);
    }

    private static Layer settingsFile(Path data, Problems problems) {
        Path file = data.resolve("madang.properties");
        Map<String, String> values = properties(file, problems);
        if (values.remove(DATA) != null) {
            problems.add(
                    "%s cannot stand in %s, it says where that file is: set it in the environment or in .env."
                            .formatted(DATA, file));
        }
        return new Layer(file.toString(), values, true);
    }

    /// What a file of Java properties holds, in UTF-8.
    static Map<String, String> properties(Path file, Problems problems) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text(file, problems)));
        } catch (IOException | IllegalArgumentException malformed) {
            problems.add(file + " is no properties file: mend its \\u escapes.");
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(k -> values.put(k, properties.getProperty(k)));
        return values;
    }

    private static String text(Path file, Problems problems) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException unreadable) {
            problems.add(file + " cannot be read: make it a UTF-8 text that this user may read.");
            return "";
        }
    }
}
