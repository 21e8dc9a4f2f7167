package madang.sandbox;

import madang.kit.settings.Key;
import madang.kit.settings.Problems;
import madang.kit.settings.Stage;
import org.jspecify.annotations.Nullable;

/// Whether the outside world is played by stand-ins.
public record SandboxSettings(
        Stage stage,
        @Key(
                        name = "MADANG_SANDBOX",
                        says =
                                "Stand-ins of Kakao, Google, Naver, mail and SMS at /sandbox, for what has"
                                        + " no credentials; not set: on in development only, where alone it"
                                        + " may be on")
                @Nullable Boolean wished,
        @Key(
                        name = "MADANG_SANDBOX_SMTP_PORT",
                        value = "0",
                        min = "0",
                        max = "65535",
                        says =
                                "Port of this machine on which the sandbox's inbox takes mails; 0 takes any"
                                        + " free one")
                int smtpPort) {

    public SandboxSettings {
        new Problems()
                .must(
                        !stage.isGuarded() || !Boolean.TRUE.equals(wished),
                        "MADANG_SANDBOX cannot be on where APP_ENV is %s: anybody could sign in as anybody. Switch it off."
                                .formatted(stage.word()))
                .stopIfAny();
    }

    public boolean isOn() {
        return wished == null ? !stage.isGuarded() : wished;
    }
}
