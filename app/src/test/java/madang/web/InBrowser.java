package madang.web;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/// Tests that look at the pages through a real Chromium. Where there is none they are skipped with
/// a sentence that says so; with `MADANG_REQUIRE_BROWSER=1` they fail.
@Target(TYPE)
@Retention(RUNTIME)
@Tag("e2e")
@ExtendWith(Browser.Found.class)
@interface InBrowser {}
