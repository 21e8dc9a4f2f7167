package madang.adapters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Letters on the way that they take in the world: by the vendors' own names, behind TLS. A mail
/// server or a carrier that cannot prove its name hears neither a letter nor a password.
class TlsVendorsTest {
    private static final String STORE_PASSWORD = "changeit";
    private static final String ACCOUNT = "AC0123456789";
    private static final String SECRET =
            URLEncoder.encode(TlsVendors.PASSWORD, UTF_8).replace("+", "%20");

    @TempDir private static Path folder;
    private static TlsVendors vendors;

    @BeforeAll
    static void open() throws Exception {
        Path store = folder.resolve("vendors.p12");
        keytool(
                "-genkeypair",
                "vendors.p12",
                "-keyalg",
                "EC",
                "-dname",
                "CN=vendors",
                "-ext",
                "san=dns:smtp.sendgrid.net,dns:api.twilio.com");
        keytool("-exportcert", "vendors.p12", "-file", "vendors.crt");
        keytool("-importcert", "trusted.p12", "-file", "vendors.crt", "-noprompt");
        Files.writeString(
                folder.resolve("hosts"),
                "127.0.0.1 smtp.sendgrid.net\n127.0.0.1 api.twilio.com\n127.0.0.1 other.example\n");
        vendors = new TlsVendors(store, STORE_PASSWORD);
    }

    @AfterAll
    static void close() {
        vendors.close();
    }

    @Test
    void who_proves_his_name_gets_the_letter_and_the_password() throws Exception {
        int mails = vendors.mails.size();
        int calls = vendors.calls.size();
        assertThat(
                        errand(
                                true,
                                mail(
                                        "smtp",
                                        "smtp.sendgrid.net",
                                        vendors.startTls.getPortAllocated()),
                                mail(
                                        "smtps",
                                        "smtp.sendgrid.net",
                                        vendors.smtps.getPortAllocated()),
                                sms("api.twilio.com")))
                .containsExactly("sent", "sent", "sent");
        assertThat(vendors.mails).hasSize(mails + 2);
        assertThat(vendors.mails.subList(mails, mails + 2))
                .allSatisfy(mail ->
                        assertThat(mail)
                                .startsWith("mina@example.com by a user")
                                .contains("Message-ID: <letter-1@madang.example>")
                                .contains("X-SMTPAPI:")
                                .contains("clicktrack"));
        assertThat(vendors.calls).hasSize(calls + 1);
        assertThat(vendors.calls.getLast())
                .isEqualTo(
                        new TlsVendors.Call(
                                "/2010-04-01/Accounts/" + ACCOUNT + "/Messages.json",
                                "Basic " + base64(ACCOUNT + ":" + TlsVendors.PASSWORD),
                                "application/x-www-form-urlencoded",
                                "To=%2B821055501234&From=%2B15551234567&Body="
                                        + URLEncoder.encode("코드 123456 🔑", UTF_8)));
    }

    @Test
    void nobody_else_hears_anything() throws Exception {
        int users = vendors.users.size();
        int mails = vendors.mails.size();
        int calls = vendors.calls.size();
        List<String> letters =
                List.of(
                        mail("smtp", "smtp.sendgrid.net", vendors.startTls.getPortAllocated()),
                        mail("smtps", "smtp.sendgrid.net", vendors.smtps.getPortAllocated()),
                        sms("api.twilio.com"));
        List<String> byAnotherName =
                List.of(
                        mail("smtp", "other.example", vendors.startTls.getPortAllocated()),
                        mail("smtps", "other.example", vendors.smtps.getPortAllocated()),
                        sms("other.example"));
        List<String> withoutTls =
                List.of(
                        mail("smtp", "smtp.sendgrid.net", vendors.plain.getPortAllocated()),
                        mail("smtps", "smtp.sendgrid.net", vendors.plain.getPortAllocated()));
        assertThat(errand(false, letters)).as("a stranger's certificate").doesNotContain("sent");
        assertThat(errand(true, byAnotherName)).as("another name").doesNotContain("sent");
        assertThat(errand(true, withoutTls)).as("no TLS at all").doesNotContain("sent");
        assertThat(vendors.users).hasSize(users);
        assertThat(vendors.mails).hasSize(mails);
        assertThat(vendors.calls).hasSize(calls);
    }

    @Test
    void a_wrong_password_is_told_by_its_kind_alone() throws Exception {
        String wrong = "smtps://apikey:wrong@smtp.sendgrid.net:" + vendors.smtps.getPortAllocated();
        assertThat(errand(true, wrong))
                .singleElement()
                .asString()
                .contains("AuthenticationFailed")
                .doesNotContain("wrong@", "mina@");
    }

    private static String mail(String scheme, String host, int port) {
        return "%s://apikey:%s@%s:%d".formatted(scheme, SECRET, host, port);
    }

    private static String sms(String host) {
        return "twilio://%s:%s@%s:%d?from=+15551234567"
                .formatted(ACCOUNT, SECRET, host, vendors.twilio.getAddress().getPort());
    }

    private static List<String> errand(boolean trusts, String... addresses) throws Exception {
        return errand(trusts, List.of(addresses));
    }

    private static List<String> errand(boolean trusts, List<String> addresses) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                tool("java"),
                                "-XX:TieredStopAtLevel=1",
                                "-Djdk.net.hosts.file=" + folder.resolve("hosts")));
        if (trusts) {
            command.add("-Djavax.net.ssl.trustStore=" + folder.resolve("trusted.p12"));
            command.add("-Djavax.net.ssl.trustStorePassword=" + STORE_PASSWORD);
        }
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        TlsErrand.class.getName()));
        command.addAll(addresses);
        return run(command).lines().toList();
    }

    private static void keytool(String order, String store, String... more) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                tool("keytool"),
                                order,
                                "-alias",
                                "vendors",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store,
                                "-storepass",
                                STORE_PASSWORD));
        command.addAll(List.of(more));
        run(command);
    }

    private static String run(List<String> command) throws Exception {
        Path told = Files.createTempFile(folder, "told", ".txt");
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectError(folder.resolve("errors.txt").toFile())
                        .redirectOutput(told.toFile())
                        .start();
        if (process.waitFor() != 0) {
            throw new IOException(Files.readString(folder.resolve("errors.txt")));
        }
        return Files.readString(told);
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
