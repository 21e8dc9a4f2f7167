package madang.chat;

import madang.kit.settings.Key;

/// How chat uses the machine.
public record ChatSettings(
        @Key(
                        name = "MADANG_ROOM_WRITERS",
                        value = "2",
                        min = "1",
                        max = "64",
                        says = "Writers that share the rooms; about as many as cores")
                int writers) {}
