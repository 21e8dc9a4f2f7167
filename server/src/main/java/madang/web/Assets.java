package madang.web;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// Everything that the pages are made of, read once. Our own files are served below an address that
/// holds the hash of all of them: one changed letter makes a new address, so browsers may keep what
/// they have for ever and modules of two releases never meet.
public final class Assets {
    private static final String FOLDER = "madang/web";
    private static final String TEMPLATE = "index.html";
    private static final String ENTRY = "/main.js";

    /// What other programs take lies at an address that stays as well.
    private static final String CLIENT = "client/";

    private final String base;
    private final Map<String, Asset> files = new HashMap<>();
    private final WebJars webJars;
    private final IndexPage index;

    /// Reads the pages of this class path; fails when anything that they name is missing.
    public static Assets load() {
        return new Assets(Assets.class.getClassLoader());
    }

    Assets(ClassLoader loader) {
        SortedMap<String, byte[]> contents = new ClassPathFolder(loader, FOLDER, TEMPLATE).files();
        base = "/assets/" + fingerprint(contents);
        webJars = new WebJars(loader);
        contents.forEach(this::keep);
        ImportMap names = new ImportMap(webJars);
        ModuleGraph modules = new ModuleGraph(this::find, names);
        index =
                IndexPage.fill(
                        new String(contents.get(TEMPLATE), StandardCharsets.UTF_8),
                        base,
                        names.json(),
                        modules.neededBy(base + ENTRY));
    }

    /// The file at a path of the address, `/assets/…`, `/client/…` or `/webjars/…`; empty for every
    /// other.
    public Optional<Asset> find(String path) {
        return path.startsWith(WebJars.PREFIX)
                ? webJars.find(path.substring(WebJars.PREFIX.length()))
                : Optional.ofNullable(files.get(path));
    }

    /// What every page address answers: `/`, `/welcome`, `/chat`, `/chat/{room}`, `/settings`.
    public IndexPage index() {
        return index;
    }

    private void keep(String name, byte[] bytes) {
        if (!name.equals(TEMPLATE)) {
            files.put(base + "/" + name, Asset.immutable(name, bytes));
        }
        if (name.startsWith(CLIENT)) {
            files.put("/" + name, Asset.changing(name, bytes));
        }
    }

    private static String fingerprint(SortedMap<String, byte[]> contents) {
        var digest = Asset.sha256();
        contents.forEach((name, bytes) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        });
        return Asset.hash(digest.digest());
    }
}
