package madang.rights;

import java.time.Duration;
import madang.kit.settings.Key;

/// How long what people ask for stays, and whether they are members without their word.
public record RightsSettings(
        @Key(
                        name = "MADANG_WITHDRAWAL_GRACE",
                        value = "7d",
                        says = "Whoever withdrew comes back by signing in for so long; 0s: never")
                Duration withdrawalGrace,
        @Key(
                        name = "MADANG_EXPORT_LIFE",
                        value = "7d",
                        min = "1h",
                        says = "How long an export of one's own data can be fetched")
                Duration exportLife,
        @Key(
                        name = "MADANG_SIGN_UP_CONSENT",
                        value = "off",
                        says =
                                "Whether signing up is refused without a yes to terms, privacy and age; set it"
                                        + " where every client asks for them")
                boolean signUpConsent) {}
