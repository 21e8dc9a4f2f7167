package madang.recovery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import madang.identity.Me;
import madang.kit.Language;
import madang.kit.Texts;
import madang.port.Mailer;
import org.jspecify.annotations.Nullable;

/// Puts letters into words: the sentences stand in the text files, a mail's form in `mail.html`,
/// and both of its parts say the same.
///
/// No word of a person goes into a mail, not even his nickname: whoever could choose what we write
/// to strangers would.
final class Wording {
    private static final String FORM = read("mail.html");

    private final Texts texts;
    private final String appName;
    private final Supplier<String> publicAddress;

    Wording(Texts texts, String appName, Supplier<String> publicAddress) {
        this.texts = texts;
        this.appName = appName;
        this.publicAddress = publicAddress;
    }

    Mailer.Mail withLink(Letter letter, String to, Language language, LinkKind kind, String token) {
        String address = kind.address(publicAddress.get(), token);
        return mail(letter, to, language, List.of(), address, "mail.link_foot");
    }

    /// A notice leads to the list of devices, a reminder to what it reminds of.
    Mailer.Mail notice(Letter letter, Me me) {
        List<String> facts = new ArrayList<>(letter.args());
        String path = "/#/account";
        if (letter.kind() == LetterKind.NEW_DEVICE) {
            facts.set(2, time(Instant.parse(facts.get(2)), me));
        }
        if (letter.kind() == LetterKind.EVENT_SOON) {
            path = facts.removeLast();
            facts.set(0, time(Instant.parse(facts.getFirst()), me));
        }
        String address = publicAddress.get() + path;
        return mail(letter, letter.recipient(), me.language(), facts, address, "mail.notice_foot");
    }

    String code(Language language, String digits) {
        return texts.say(language, "sms.phone_code", appName, digits, PhoneCodes.LIFE.toMinutes());
    }

    private Mailer.Mail mail(
            Letter letter,
            String to,
            Language language,
            List<String> facts,
            String address,
            String footKey) {
        String kind = "mail." + letter.kind().name().toLowerCase(Locale.ROOT);
        List<String> args = new ArrayList<>(List.of(appName));
        args.addAll(facts);
        Words words = new Words(language, args.toArray());
        String subject = words.say(kind + ".subject");
        String lead = words.say(kind + ".lead");
        String action = words.say(kind + ".action");
        String note = words.say(kind + ".note");
        String foot = words.say(footKey);
        return new Mailer.Mail(
                letter.id().toString(),
                to,
                subject,
                String.join("\n\n", lead, action + ":\n" + address, note, foot) + "\n",
                FORM.replace("{language}", language.tag())
                        .replace("{subject}", escaped(subject))
                        .replace("{lead}", escaped(lead))
                        .replace("{action}", escaped(action))
                        .replace("{note}", escaped(note))
                        .replace("{foot}", escaped(foot))
                        .replace("{address}", escaped(address)));
    }

    private final class Words {
        private final Language language;
        private final Object[] args;

        private Words(Language language, Object[] args) {
            this.language = language;
            this.args = args;
        }

        private String say(String key) {
            return texts.say(language, key, args);
        }
    }

    private static String time(Instant at, Me me) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(Locale.forLanguageTag(me.language().tag()))
                .format(at.atZone(ZoneId.of(me.timeZone())));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String read(String file) {
        try (@Nullable InputStream bytes =
                Wording.class.getResourceAsStream("/madang/recovery/" + file)) {
            return new String(
                    Objects.requireNonNull(bytes, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file, unreadable);
        }
    }
}
