package madang.kit.settings;

import java.util.List;
import madang.kit.Secret;
import madang.kit.Vault;

/// What the house itself keeps secret; keys of a feature are in the feature's own record.
public record SecretSettings(
        @Key(
                        name = "MADANG_VAULT_KEYS",
                        made = Made.VAULT_KEY,
                        says =
                                "Keys that seal what must not lie open in the database: id:base64 of 32"
                                        + " bytes, as a comma list; the first seals, all of them open")
                List<Secret> vaultKeys,
        @Key(
                        name = "MADANG_OPERATOR_TOKEN",
                        made = Made.TOKEN,
                        says = "Bearer token of operators: metrics, profiling, full health")
                Secret operatorToken) {

    public SecretSettings {
        new Problems()
                .must(
                        areKeys(vaultKeys),
                        "MADANG_VAULT_KEYS must be a comma list of id:base64 of 32 bytes: `%s` makes one."
                                .formatted(Made.VAULT_KEY.command()))
                .stopIfAny();
    }

    public Vault vault() {
        return vault(vaultKeys);
    }

    private static Vault vault(List<Secret> keys) {
        return new Vault(keys.stream().map(Secret::value).toList());
    }

    private static boolean areKeys(List<Secret> keys) {
        try {
            vault(keys);
            return true;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
