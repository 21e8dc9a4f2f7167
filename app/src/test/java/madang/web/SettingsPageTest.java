package madang.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import madang.recovery.Outside;
import madang.testing.House;
import madang.testing.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/// What the settings do to an account: where it can be reached, what it agreed to, all it holds in
/// one file, and its end.
@InBrowser
class SettingsPageTest {
    private static final String NO_EXPORT_YET = "/users/me/export";

    private static Outside outside;
    private static House house;
    private static Scene scene;

    @BeforeAll
    static void opens() {
        outside = new Outside();
        house = House.open(outside.settings(Scene.PATIENT));
        scene = new Scene(house);
    }

    @AfterAll
    static void closes() {
        house.close();
        outside.close();
    }

    @Test
    void an_address_counts_once_its_letter_was_opened() {
        Person mina = scene.person("mina", "미나");
        try (Window window =
                Browser.open(house, Look.KOREAN).forgives("/users/me/email").forgives("/verify")) {
            window.enterAs(mina.onAnotherDevice(), "/settings/security").press("이메일 추가");
            window.field("이메일").write("mina@");
            window.keys(Keys.ENTER).find("alert", "");
            window.field("이메일").press();
            window.keysWith(Keys.CONTROL, "a").types("mina.letters@example.com");
            window.keys(Keys.ENTER).sees("mina.letters@example.com 주소로 링크를 보냈어요");

            String letter =
                    "/#/verify-email?token=" + outside.mail("mina.letters@example.com").token();
            window.goTo(letter).sees("이메일을 확인할게요");
            window.press("내 이메일이 맞아요");
            window.sees("이메일을 확인했어요");
            window.press("마당으로 가기");
            window.find("heading", "대화방");
            window.goTo("/settings/security").sees("mina.letters@example.com");
            window.sees("확인됨");

            window.goTo(letter).press("내 이메일이 맞아요");
            window.find("alert", "");
        }
    }

    @Test
    void a_number_counts_once_its_code_was_written() {
        Person joon = scene.person("joon", "준");
        try (Window window = Browser.open(house, Look.PHONE).forgives("/users/me/phone")) {
            window.enterAs(joon.onAnotherDevice(), "/settings/security").press("전화번호 추가");
            window.field("전화번호").write("010-9876-5432");
            window.keys(Keys.ENTER).sees("인증번호를 보냈어요");
            window.field("인증번호").write("000000");
            window.keys(Keys.ENTER).find("alert", "");
            window.field("인증번호").press();
            window.keysWith(Keys.CONTROL, "a").types(outside.digits("01098765432", 1));
            window.keys(Keys.ENTER).sees("전화번호를 확인했어요");
            window.sees("확인됨");
        }
    }

    @Test
    void who_came_in_long_ago_says_the_password_once_more() {
        Person sora = scene.person("sora", "소라");
        try (Window window = Browser.open(house, Look.KOREAN).forgives("/users/me/email")) {
            window.enterAs(sora.onAnotherDevice(), "/settings/security").button("이메일 추가");
            house.clock().move(Duration.ofMinutes(11));
            window.press("이메일 추가");
            window.field("이메일").write("sora.again@example.com");
            window.keys(Keys.ENTER).sees("로그인한 지 오래되어");
            Thing password = window.dialogField("지금 비밀번호");
            password.write("not mine at all");
            window.keys(Keys.ENTER).find("alert", "");
            password.press();
            window.keysWith(Keys.CONTROL, "a").types(Person.PASSWORD);
            window.keys(Keys.ENTER).sees("sora.again@example.com 주소로 링크를 보냈어요");
        }
    }

    @Test
    void what_is_free_is_agreed_to_and_taken_back_at_a_press() {
        Person haneul = scene.person("haneul", "하늘");
        try (Window window = Browser.open(house, Look.KOREAN).forgives(NO_EXPORT_YET)) {
            window.enterAs(haneul.onAnotherDevice(), "/settings/privacy");
            window.find("checkbox", "소식과 혜택 알림").press();
            window.sees("동의했어요");
            assertThat(window.has("checkbox", "이용 약관")).isFalse();
            assertThat(granted(haneul)).contains("marketing").doesNotContain("sensitive");

            window.reload();
            window.find("checkbox", "소식과 혜택 알림").press();
            window.sees("동의를 철회했어요");
            assertThat(granted(haneul)).doesNotContain("marketing");
        }
    }

    @Test
    void all_that_is_kept_of_me_comes_as_one_file(@TempDir Path folder) throws IOException {
        Person nari = scene.person("nari", "나리");
        scene.says(nari, scene.room("나리의 방", nari), "귤 두 개 🍊");
        try (Window window =
                Browser.open(house, Look.KOREAN).forgives(NO_EXPORT_YET).keepsFilesIn(folder)) {
            window.enterAs(nari.onAnotherDevice(), "/settings/privacy").press("파일 만들기");
            window.press("내려받기");
            Path file = folder.resolve("madang-export.zip");
            window.waitUntil("the file", () -> Files.exists(file));
            assertThat(everythingIn(file)).contains("귤 두 개 🍊");
        }
    }

    @Test
    void who_leaves_is_out_everywhere_and_may_think_better_of_it() {
        Person duri = scene.person("duri", "두리");
        Person onThePhone = duri.onAnotherDevice();
        try (Window window = Browser.open(house, Look.KOREAN).forgives("/users/me")) {
            window.enterAs(duri.onAnotherDevice(), "/settings/privacy").press("탈퇴하기");
            window.dialogField("비밀번호").write("not mine at all");
            window.keys(Keys.ENTER).find("alert", "");
            window.dialogField("비밀번호").press();
            window.keysWith(Keys.CONTROL, "a").types(Person.PASSWORD);
            window.keys(Keys.ENTER).button("로그인");
            assertThat(window.path()).isEqualTo("/welcome");
            assertThat(onThePhone.http().get("/api/v1/users/me").status()).isEqualTo(401);

            window.field("아이디").write("duri");
            window.field("비밀번호").write(Person.PASSWORD);
            window.keys(Keys.ENTER).find("heading", "대화방");
            window.goTo("/settings").sees("@duri");
        }
    }

    private static List<String> granted(Person person) {
        return person.http()
                .get("/api/v1/consents")
                .data()
                .get("items")
                .valueStream()
                .filter(consent -> consent.get("granted").booleanValue())
                .map(consent -> consent.get("kind").stringValue())
                .toList();
    }

    private static String everythingIn(Path file) throws IOException {
        StringBuilder all = new StringBuilder();
        try (ZipFile zip = new ZipFile(file.toFile());
                Stream<? extends ZipEntry> entries = zip.stream()) {
            for (var entry : entries.toList()) {
                all.append(new String(zip.getInputStream(entry).readAllBytes(), UTF_8));
            }
        }
        return all.toString();
    }
}
