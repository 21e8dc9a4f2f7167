package madang.web;

/// How a window looks at the house: the languages its browser asks for, light or dark, and its
/// size. What is as narrow as a phone is touched and has no mouse.
///
/// @param languages as in `Accept-Language`, the first preferred
/// @param sharpness pixels of the screen for each pixel of the page
record Look(String languages, boolean isDark, int width, int height, double sharpness) {
    private static final int NARROW = 600;

    static final Look KOREAN = new Look("ko-KR,ko", false, 1440, 900, 1);
    static final Look ENGLISH = new Look("en-US,en", false, 1440, 900, 1);
    static final Look PHONE = KOREAN.sized(390, 844);

    Look dark() {
        return new Look(languages, true, width, height, sharpness);
    }

    Look sized(int newWidth, int newHeight) {
        return new Look(languages, isDark, newWidth, newHeight, sharpness);
    }

    /// For pictures that people will look at closely.
    Look sharp() {
        return new Look(languages, isDark, width, height, 2);
    }

    String language() {
        return languages.split(",", 2)[0];
    }

    boolean isKorean() {
        return languages.startsWith("ko");
    }

    boolean isPhone() {
        return width < NARROW;
    }
}
