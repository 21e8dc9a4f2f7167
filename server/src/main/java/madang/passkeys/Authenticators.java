package madang.passkeys;

import static java.util.Map.entry;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The products in which nearly all passkeys live, by the model (AAGUID) that they tell of
/// themselves, so that somebody with three passkeys knows which is which. The whole list is kept by
/// the community (passkeydeveloper/passkey-authenticator-aaguids); what is not here has no name but
/// its owner's.
final class Authenticators {
    private static final Map<String, String> PRODUCTS =
            Map.ofEntries(
                    entry("fbfc3007-154e-4ecc-8c0b-6e020557d7bd", "iCloud Keychain"),
                    entry("dd4ec289-e01d-41c9-bb89-70fa845d4bf2", "iCloud Keychain"),
                    entry("ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4", "Google Password Manager"),
                    entry("adce0002-35bc-c60a-648b-0b25f1f05503", "Chrome"),
                    entry("08987058-cadc-4b81-b6e1-30de50dcbe96", "Windows Hello"),
                    entry("9ddd1817-af5a-4672-a2b9-3e3dd95000a9", "Windows Hello"),
                    entry("6028b017-b1d4-4c02-b4b3-afcdafc96bb2", "Windows Hello"),
                    entry("53414d53-554e-4700-0000-000000000000", "Samsung Pass"),
                    entry("bada5566-a7aa-401f-bd96-45619a55120d", "1Password"),
                    entry("d548826e-79b4-db40-a3d8-11116f7e8349", "Bitwarden"),
                    entry("531126d6-e717-415c-9320-3d9aa6981239", "Dashlane"),
                    entry("50726f74-6f6e-5061-7373-50726f746f6e", "Proton Pass"),
                    entry("b84e4048-15dc-4dd0-8640-f4f60813c8af", "NordPass"));

    static @Nullable String product(UUID model) {
        return PRODUCTS.get(model.toString());
    }

    private Authenticators() {}
}
