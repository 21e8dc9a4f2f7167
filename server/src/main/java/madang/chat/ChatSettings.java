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
                int writers,
        @Key(
                        name = "MADANG_CHAT_LINK_PREVIEWS",
                        value = "on",
                        says =
                                "Whether the server looks behind the first link of a message, on the public"
                                        + " web only")
                boolean linkPreviews) {}
