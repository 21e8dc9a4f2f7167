package madang.sandbox.naver;

import java.util.List;
import java.util.stream.Stream;

/// Somebody with a Naver account. The id is of this app alone: another app meets another one.
record NaverUser(
        String key,
        String id,
        String nickname,
        String name,
        String email,
        String gender,
        String age,
        String birthyear,
        String birthday,
        String mobile) {

    static final List<NaverUser> CAST =
            List.of(
                    new NaverUser(
                            "minji",
                            "nv-9kT2_minji-sandbox",
                            "민지",
                            "김민지",
                            "minji@naver.example",
                            "F",
                            "20-29",
                            "1997",
                            "03-14",
                            "010-0000-0001"),
                    new NaverUser(
                            "juno",
                            "nv-4mQ8_juno-sandbox",
                            "준호 🍵",
                            "박준호",
                            "juno@example.com",
                            "M",
                            "30-39",
                            "1992",
                            "11-02",
                            "010-0000-0002"),
                    new NaverUser(
                            "haneul",
                            "nv-7xB1_haneul-sandbox",
                            "하늘",
                            "김하늘",
                            "haneul@naver.example",
                            "M",
                            "0-9",
                            "2017",
                            "05-05",
                            "010-0000-0004"));

    static Stream<NaverUser> withKey(String key) {
        return CAST.stream().filter(user -> user.key().equals(key));
    }
}
