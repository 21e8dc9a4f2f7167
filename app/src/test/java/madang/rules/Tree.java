package madang.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The files of the repository by their path from its root, without what a build or a run makes.
record Tree(TreeMap<String, Path> files) {
    private static final Set<String> NOT_OURS =
            Set.of(".git", "target", "data", ".idea", ".vscode", "node_modules");
    private static final Set<String> TEXTS =
            Set.of(
                    "java",
                    "md",
                    "sql",
                    "xml",
                    "yaml",
                    "yml",
                    "properties",
                    "tsv",
                    "js",
                    "css",
                    "html",
                    "sh",
                    "json",
                    "svg",
                    "txt",
                    "example",
                    "config");

    /// Tests run in the folder of their module.
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /// A file and its text.
    record Source(String path, String text) {
        boolean isJava() {
            return path.endsWith(".java");
        }

        boolean isMain() {
            return path.contains("/src/main/");
        }

        boolean isPage() {
            return path.endsWith(".md");
        }
    }

    static Tree read() {
        TreeMap<String, Path> files = new TreeMap<>();
        try {
            Files.walkFileTree(
                    ROOT,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path folder, BasicFileAttributes attributes) {
                            return NOT_OURS.contains(folder.getFileName().toString())
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            files.put(ROOT.relativize(file).toString(), file);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new Tree(files);
    }

    Stream<Source> sources(Predicate<Source> wanted) {
        return files.keySet().stream().filter(Tree::isText).map(this::source).filter(wanted);
    }

    private Source source(String path) {
        try {
            return new Source(path, Files.readString(files.get(path)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean isText(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot < 0 || TEXTS.contains(name.substring(dot + 1));
    }
}
