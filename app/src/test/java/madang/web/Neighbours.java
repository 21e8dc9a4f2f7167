package madang.web;

import madang.testing.House;
import madang.testing.Person;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;

/// Tests in a house of their class, in which Mina and Joon live and have not met yet.
abstract class Neighbours {
    @AutoClose static House house;
    static Scene scene;
    static Person mina;
    static Person joon;

    @BeforeAll
    static void moveIn() {
        house = Scene.house();
        scene = new Scene(house);
        mina = scene.person("mina", "미나");
        joon = scene.person("joon", "준");
    }
}
