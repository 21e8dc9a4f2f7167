package madang.testing;

import tools.jackson.databind.JsonNode;

/// Somebody with an account, signed in on one device.
public final class Person {
    public static final String PASSWORD = "tea in the garden";

    private final House house;
    private final String name;
    private final String id;
    private final String accessToken;
    private final String refreshToken;

    private Person(House house, String name, JsonNode signedIn) {
        this.house = house;
        this.name = name;
        this.id = signedIn.get("user").get("id").stringValue();
        this.accessToken = signedIn.get("access_token").stringValue();
        this.refreshToken = signedIn.get("refresh_token").stringValue();
    }

    static Person signUp(House house, String name) {
        return signUp(house, name, "");
    }

    /// Somebody who also tells an address, which nobody has proved yet.
    public static Person signUp(House house, String name, String email) {
        Answer answer =
                house.stranger()
                        .post(
                                "/api/v1/auth/register",
                                "{\"username\":\"%s\",%s\"password\":\"%s\",\"nickname\":\"%s\"}"
                                        .formatted(
                                                name,
                                                email.isEmpty()
                                                        ? ""
                                                        : "\"email\":\"" + email + "\",",
                                                PASSWORD,
                                                name));
        if (answer.status() != 201) {
            throw new AssertionError(name + " cannot sign up: " + answer.text());
        }
        return new Person(house, name, answer.data());
    }

    /// The same person on one more device.
    public Person onAnotherDevice() {
        Answer answer =
                house.stranger()
                        .post(
                                "/api/v1/auth/login",
                                "{\"username\":\"%s\",\"password\":\"%s\"}"
                                        .formatted(name, PASSWORD));
        return new Person(house, name, answer.data());
    }

    public String name() {
        return name;
    }

    public String id() {
        return id;
    }

    public String accessToken() {
        return accessToken;
    }

    public String refreshToken() {
        return refreshToken;
    }

    public Http http() {
        return house.stranger().with("Authorization", "Bearer " + accessToken);
    }

    public House house() {
        return house;
    }
}
