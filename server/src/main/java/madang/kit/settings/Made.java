package madang.kit.settings;

import java.security.SecureRandom;
import java.util.Base64;
import madang.kit.Vault;

/// How a secret is made that nobody gave, and how an operator makes one.
public enum Made {
    NEVER("") {
        @Override
        String make(SecureRandom random) {
            throw new IllegalStateException("this setting is given, never made");
        }
    },
    /// 64 characters that nobody guesses.
    TOKEN("openssl rand -base64 48") {
        @Override
        String make(SecureRandom random) {
            byte[] bytes = new byte[48];
            random.nextBytes(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }
    },
    VAULT_KEY("echo \"k1:$(openssl rand -base64 32)\"") {
        @Override
        String make(SecureRandom random) {
            return Vault.newKey("k1", random);
        }
    };

    private final String command;

    Made(String command) {
        this.command = command;
    }

    /// The shell command that makes such a secret.
    String command() {
        return command;
    }

    abstract String make(SecureRandom random);
}
