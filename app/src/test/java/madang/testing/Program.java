package madang.testing;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// Programs of this machine.
final class Program {
    private Program() {}

    /// Runs it, and whether it did what it was told; not where there is none, or it hangs.
    static boolean ran(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
